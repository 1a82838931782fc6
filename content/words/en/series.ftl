# An indicator through time

series-index = Indicators
series-index-about = Each indicator through time: the figures of every published report, by unit, to download.
series-index-empty = No report has published figures by indicator yet.
series-reports = { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
series-of-unit = { $indicator }: { $unit }
series-about = { $indicator } through time, in { $measure }: the figures of every published report.
series-ways = How figures are split
series-whole = In all
series-do = Show
series-former = This unit is no more. Later figures are those of:
series-empty = There are no figures of this indicator for the chosen unit yet. Choose another unit, or look at the list of indicators and at the reports.
series-run-days = As of each day
series-run-month = By month
series-run-quarter = By quarter
series-run-year = By year
series-run-months = By { $count } months
series-run-year-to-date = Counted from the start of the year
series-run-length = By { $count } days
series-run-unstated = Date not stated: not comparable with each other
series-before = Before { $date }
series-before-apart = Figures of the units that went into this one, told apart because they are of other areas.
series-before-none = There are no figures of these units for this indicator yet.
series-apart-part = They are not added up because only a part of one of them went in.
series-apart-indicator = They are not added up because this indicator does not add up over units.
series-sum = Sum (reckoned by this portal)
series-told-otherwise = An earlier report, of { $date }, says { $figure }; the table has what was published last.
series-begins-before = This period begins before { $date }, when the unit did not exist yet.
series-why = Each figure in a file bears the address of the report that published it. What is "reckoned" was added up by this portal, with its terms.
