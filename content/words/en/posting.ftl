# Postings: how days are counted and what each kind asks for, told to staff and to citizens.

posting-counted-from = Posted on { $day } (not counted).
posting-counted-to = { $measure ->
    [working] Working day
   *[calendar] Day
}{"\u00A0"}{ $days } is { $due }, and the period ends with it.
posting-counted-on = { $measure ->
    [working] Working day
   *[calendar] Day
}{"\u00A0"}{ $days } is { $due } ({ $rests }), so the period goes on to the end of { $last }.
posting-counted-unsure = Not all days off of { $years } have been announced, so the last day may still change.
posting-rest-weekend = a weekend
posting-rest-holiday = { $name }
posting-then = , then{" "}

posting-rule-days = Posted for at least { $days } { $measure ->
    [working] working days
   *[calendar] days
}
posting-rule-consecutive = Posted for at least { $days } consecutive { $measure ->
    [working] working days
   *[calendar] days
}
posting-rule-permanent = Posted permanently and updated on every change
posting-rule-until-replaced = Posted until it is replaced
posting-rule-stated = Posted until the day that it states
posting-rule-urgent = Shown at once on every board, with an end that it must state
posting-rule-where = { $term }: { $places }.
posting-rule-loudspeaker = On loudspeakers for at least { $days } consecutive days.
posting-rule-ahead = To be told at least { $days } { $measure ->
    [working] working days
   *[calendar] days
} before.
posting-rule-deadline = To be disclosed within { $days } working days of the decision.

posting-place-seat = the seat
posting-place-villages = village houses and community points
posting-place-points = transaction points
posting-place-portal = the portal
posting-place-loudspeaker = loudspeakers
posting-place-meetings = village meetings
posting-place-screens = public screens
posting-place-other = other places that the rules name

posting-bad-days = The number of days must be between 1 and { $most }.
posting-ends-before = The end must not come before the day of posting ({ $posted }).
posting-urgent-endless = “{ $kind }” must say when it ends.
posting-needs-no-end = “{ $kind }” hangs until it is replaced: leave the end empty. By { $source }: “{ $rule }”
posting-too-short = “{ $kind }” must hang for at least { $days } { $measure ->
    [working] working days
   *[calendar] days
}, to the end of { $least } or longer. By { $source }: “{ $rule }”
posting-too-late = “{ $kind }” for { $event } must be posted by { $by }. By { $source }: “{ $rule }”
