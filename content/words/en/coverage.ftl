# Coverage: where postings hang, and where they do not yet.

desk-way-coverage = Coverage
desk-way-plans = Disclosure plans
desk-done-plan-kept = The plan is kept and published.
log-act-plan-kept = Disclosure plan made or changed
verify-changed-plan = The disclosure plan of { $unit } for { $year } (version { $number }) is not as the log has it.
verify-lost-plan = The disclosure plan told in row { $position } of the log is no longer there.
coverage-title = Coverage
coverage-lead = In how many places each posting hangs, and where somebody has to go.
coverage-number = How far it has come
coverage-share = Per cent of places that hang the version in force
coverage-told = { $current } of { $places } places hang version { $number }
coverage-told-silent = { $count } silent since { $since }
coverage-told-silent-longest = { $count } silent, the longest since { $since }
coverage-told-old = { $count } hang an older version
coverage-told-torn = { $count } torn or lost
coverage-told-down = { $count } taken down too early
coverage-told-out = { $count } opted out
coverage-over = Its period is over, and it hangs nowhere any more.
coverage-over-left = Its period is over; { $left } of { $places } places hang it still.
coverage-no-places = No place is known where it could hang.
coverage-list-told = { $count } postings hang; { $wanting } of them want somebody to go somewhere.
coverage-list-more = The first { $most } postings that hang; { $wanting } of them want somebody to go somewhere.
coverage-wants = Somebody has to go
coverage-coming = From elsewhere: only the unit’s own places are counted
coverage-none = Nothing hangs
coverage-none-text = When something is posted, or sent here, it is told here how far it has come.
coverage-within = Only within { $unit }.
coverage-whole = See all
coverage-state-current = Hangs the version in force
coverage-state-old = Hangs an older version
coverage-state-torn = Torn or lost
coverage-state-down = Taken down too early
coverage-state-silent = Silent
coverage-state-out = Opted out
coverage-state-left = Over, and hangs still
coverage-state-over = Down, or never hung
coverage-hangs = Hangs version { $number }
coverage-since = Since { $at }
coverage-more-places = { $count } more places. The table has all of them.
coverage-placeless-help = These units have told of no place of the kinds that this posting asks for.
coverage-more-units = { $count } more units. The table has all of them.
coverage-tree = By unit
coverage-node = { $current } of { $places } places{ $wanting ->
    [0] {""}
   *[other] , { $wanting } where somebody has to go
}
coverage-node-out = Opted out
coverage-node-placeless = No place known
coverage-column-unit = Unit
coverage-column-code = Code
coverage-column-place = Place
coverage-column-kind = Kind of place
coverage-column-state = State
coverage-column-since = Since
coverage-column-note = Note
