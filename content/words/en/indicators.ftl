# The desk: the list of indicators of statistical reports.

desk-way-indicators = Indicators
indicators-lead = Reports use only the indicators that are here. Each says what it measures, in what, and along what it adds up, so that what two reports call by one name is one thing.
indicators-none = The list is empty
indicators-none-text = Begin with a measure (VND, households, %), then add an indicator that is counted in it. Dimensions and checks can wait.

indicators-part-indicators = Indicators
indicators-part-indicators-help = What is measured: a balance, poor households, a harvest.
indicators-part-measures = Measures
indicators-part-measures-help = In what an indicator is counted: million VND, households, tonnes, %.
indicators-part-dimensions = Dimensions
indicators-part-dimensions-help = By what an indicator is split: by programme, by sex, by trade.
indicators-part-identities = Checks
indicators-part-identities-help = How figures must agree. A report whose figures do not needs a reason before it is published.

indicators-add-indicators = Add an indicator
indicators-add-measures = Add a measure
indicators-add-dimensions = Add a dimension
indicators-add-identities = Add a check
indicators-edit-indicators = Change an indicator
indicators-edit-measures = Change a measure
indicators-edit-dimensions = Change a dimension
indicators-edit-identities = Change a check
indicators-remove-indicators = Remove the indicator
indicators-remove-measures = Remove the measure
indicators-remove-dimensions = Remove the dimension
indicators-remove-identities = Remove the check
indicators-none-indicators = No indicators yet.
indicators-none-measures = No measures yet.
indicators-none-dimensions = No dimensions yet.
indicators-none-identities = No checks yet.
indicators-lacks-measures = There is no measure to choose. Add a measure first.
indicators-code-stays = Its code in files of figures, which stays:
indicators-keep = Keep
indicators-more = More rows
indicators-remove = Remove from the list
indicators-remove-text = No figure and no other entry uses it. Once removed it cannot be chosen; to use it again, add it again.
indicators-back = Back

# What an entry is

indicators-shown = { $count ->
    [0] No published figures yet.
    [one] { $count } published figure.
   *[other] { $count } published figures.
}
indicators-speakers = { $count ->
    [one] Used by { $count } other entry of the list.
   *[other] Used by { $count } other entries of the list.
}
indicators-members = { $count ->
    [one] { $count } part
   *[other] { $count } parts
}
indicators-converts = 1 { $name } = { $factor } { $base }.
indicators-converts-not = Not converted into another measure.
indicators-counts-whole = Whole numbers only.
indicators-counted-in = Counted in { $measure }.
indicators-nature-stock = As of a day, such as a balance
indicators-nature-flow = Over a span of time, such as loans made in a month
indicators-nature-ratio = A ratio or an average
indicators-nature-stock-told = As of a day; never added up over time.
indicators-nature-flow-told = Over a span of time.
indicators-nature-ratio-told = A ratio or an average; never added up.
indicators-adds = Adds up along: { $axes }.
indicators-adds-not = Its parts are not added up.
indicators-axis-unit = places
indicators-axis-period = time
indicators-opens = What “{ $name }” stood at when the year began.
indicators-jump = A change of more than { $jump }% against the period before is asked about.
indicators-if-told = (where it is told)
indicators-share-of = each part ÷ the whole of { $name } × 100
indicators-tolerates = May be off by { $tolerance }%: { $reason }

# Fields

indicators-group-name = Name
indicators-group-what = What kind of figure
indicators-group-checks = When to ask again
indicators-group-definition = For readers
indicators-group-converts = Conversion
indicators-group-members = Parts
indicators-group-rule = What is checked
indicators-group-sum = For a sum
indicators-group-ratio = For one number by another
indicators-group-share = For a share
indicators-group-growth = For a change
indicators-group-tolerance = How much it may be off
indicators-field-name = Name
indicators-field-name-en = Name in English (may be empty)
indicators-field-also = Other names in spreadsheets
indicators-help-also = Between commas. A sheet with one of these names is understood at once.
indicators-field-measure = Measure
indicators-field-nature = Kind of figure
indicators-help-nature = It cannot change once figures of it were sent for review.
indicators-field-adds = Adds up along
indicators-help-adds = Tick what the parts add up along to make the whole. For a ratio tick nothing.
indicators-field-places = Decimals shown
indicators-help-places = From 0 to 8. Empty: as it was given.
indicators-field-jump = Ask about a change of more than (%)
indicators-help-jump = Against the period before, such as 30. May be empty.
indicators-field-opens = Start of the year of
indicators-help-opens = Held against what the chosen indicator was at the end of the year before.
indicators-opens-none = no start of a year
indicators-field-definition = Definition
indicators-help-definition = What is counted and what is not. Readers see it.
indicators-field-source = By which document
indicators-field-of = Converts into
indicators-help-of = Only where it converts exactly, as million VND into VND.
indicators-of-none = nothing
indicators-field-factor = Factor
indicators-help-factor = How many of the chosen measure make one of this: 1000000 for million VND.
indicators-field-is-whole = Whole numbers only
indicators-help-is-whole = As households and people: there is no half of one.
indicators-members-help = A row for each part. To remove one, empty its row.
indicators-member = Part { $number }
indicators-member-name = Name of the part
indicators-member-name-en = Name of the part in English
indicators-member-also = Other names of the part, between commas
indicators-field-code = Short code
indicators-help-code = A short name, such as balance. Reasons for figures that are off name the check by it; it stays once kept.
indicators-field-result = The figure that is checked
indicators-field-rule = It must be
indicators-help-rule = Choose one way, then fill in only its own group below.
indicators-rule-sum = a sum or difference of others
indicators-rule-ratio = one figure by another
indicators-rule-share = the share of each part in the whole
indicators-rule-growth = the change against a base (%)
indicators-rule-lacks = This way of reckoning lacks figures: choose all of its group.
indicators-terms-help = A row for each figure, added or taken away. An empty row counts for nothing.
indicators-term = Figure { $number }
indicators-term-sign = Sign of figure { $number }
indicators-sign-plus = plus
indicators-sign-minus = minus
indicators-sign-minus_if_told = minus, where the report tells it
indicators-field-part = Divided
indicators-field-whole = Divided by
indicators-field-share = Share of
indicators-field-now = Figure now
indicators-field-base = Base
indicators-field-tolerance = May be off by (%)
indicators-help-tolerance = Such as 0.1. Empty: it must agree but for rounding.
indicators-field-reason = Why it may be off
indicators-help-reason = Needed where it may be off; readers see it.

# What is refused

indicators-no-letters = A name needs letters or digits: its code in files is made of it.
indicators-unclear-number = It is not clear which number “{ $text }” is. Write it without separators: 1000 or 0,5.
indicators-unclear-places = A number from 0 to { $most }.
indicators-idle-factor = Choose what it converts into, or leave this empty.
indicators-taken = There is an entry with the code “{ $code }”. Choose another name, or change that entry.
indicators-elsewhere = “{ $name }” would no longer be sound: { $text }
indicators-too-many-members = This dimension has { $count } parts, more than one page has rows. Change it in the file indicators.toml and import that.
indicators-spoken-of = “{ $name }” is used by: { $by }. Change those first.
indicators-in-use = There are { $count } figures of “{ $name }”, with drafts and old editions, so it cannot be removed.
indicators-measure-in-use = There are { $count } figures in “{ $name }”, with drafts and old editions, so it cannot be removed.
indicators-dimension-in-use = There are { $count } figures split by “{ $name }”, with drafts and old editions, so it cannot be removed.
indicators-member-in-use = There are { $count } figures of the part “{ $name }” ({ $dimension }), with drafts and old editions, so it cannot be removed.
indicators-fixed = There are { $count } figures of “{ $name }”: with another measure or kind, what was published would say something else. Add a new indicator.
indicators-measure-fixed = There are { $count } figures in “{ $name }”: converted or counted otherwise, what was published would say something else. Add a new measure.

# The log

indicators-what-indicator = Indicator “{ $name }”
indicators-what-measure = Measure “{ $name }”
indicators-what-dimension = Dimension “{ $name }”
indicators-what-identity = Check “{ $name }”
indicators-what-removed = Removed: { $what }

# On the page of a report's figures

intake-lacks = Is an indicator missing from the list?
intake-who-adds = A keeper of the whole portal can add it under Indicators.
