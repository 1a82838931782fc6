# Whom postings are for: groups of units, what is sent to a unit, a unit's notice board.

desk-way-groups = Groups of units
groups-lead = A posting can be for a group of units. Whoever joins the group has it on the board, and whoever leaves has it no more.
groups-told = { $count ->
    [one] { $count } unit
   *[other] { $count } units
}
groups-address = Written under “For”:
groups-new = Add a group of units
groups-edit = Change a group of units
groups-none = There is no group of units yet
groups-none-text = Add them here one by one, or import the file unit-groups.toml.
groups-name = Name of the group
groups-name-en = Name in English (may be left empty)
groups-units = Units of the group
groups-units-help = One code on each line; a name may follow it. For example: 99001 Xã Đông Kiều
groups-keep = Keep the group
groups-remove = Remove the group
groups-remove-help = Only while no posting is for this group.
groups-what-removed = Removed the group { $name }
groups-too-many = At most { $most } groups of units.
groups-too-many-units = A group has at most { $most } units.
groups-twice = There is a group with the code “{ $slug }” already. Choose another name.
groups-empty = A group has at least one unit.
groups-unit-twice = The unit { $code } is named twice.
groups-unknown-unit = No unit has the code “{ $code }”. The list of units has the codes.
groups-in-use = Postings are for the group “{ $slug }”, so it cannot be removed yet. Wait until they have ended, or change whom they are for.
posting-unknown-group = There is no group of units “{ $group }”. There are: { $known }.

verify-changed-adoption = What the unit { $unit } did with the posting “{ $posting }” is not as the log recorded it.
verify-lost-adoption = What a unit did with a posting sent to it is lost: row { $position } of the log.

adopt-line-too-long = A line of one’s own has at most { $most } characters.
adopt-bad-reason = Give a reason of { $least } to { $most } characters. Whoever sent the posting reads it.
adopt-out-already = The unit does not hang this posting already.
adopt-in-already = The unit hangs this posting already.
adopt-idle-text = Nothing is said where a posting is hung again.
adopt-bad-name = Say who did it, in at most { $most } characters.
adopt-bad-moment = The day or the moment is not right. A moment is written as 2026-11-21T08:00:00+07:00, and is not to come.

board-of = Notice board of { $unit }
board-lead = What is posted in { $unit } now: its own notices and those sent to it.
board-unit = About this place
board-urgent = Urgent
board-others = Other notices
board-all = Posted now
board-told = { $count ->
    [one] { $count } notice is posted.
   *[other] { $count } notices are posted.
}
board-told-both = { $count } notices are posted, { $others } of them sent from elsewhere.
board-of-more = This page shows { $most } notices, the urgent and the newest first. There are more on the board.
board-nothing = Nothing is posted here now.
board-number = No.
board-since = Posted
board-until = Until
board-line = Here:
board-former = This unit is no more.
board-choose = Choose the board of the place where you live now
board-history = What became of the former unit
board-of-unit = The notice board

reach-former = from { $from }, now part of { $unit }
reach-named = from { $from }, for { $unit }
reach-group = from { $from }, for the group { $group }
reach-below = from { $from }, for all its communes and wards
reach-everywhere = from { $from }, for every unit
reach-all-of = all communes and wards of { $unit }
reach-all = every unit
reach-of-group = the group { $group }
reach-more-units = { $count ->
    [one] { $count } other unit
   *[other] { $count } other units
}
reach-out = { $count ->
    [one] not hung in { $count } place
   *[other] not hung in { $count } places
}

desk-way-coming = Sent to us
coming-lead = What others post and send here shows on the unit’s board by itself. The unit can add a line of its own, or not hang it and tell the sender why.
coming-unit = Unit
coming-choose = Show
coming-board = See the board
coming-told = { $count ->
    [one] { $count } notice is sent here now.
   *[other] { $count } notices are sent here now.
}
coming-none = Nothing is sent here now
coming-none-text = When the province or others post something for the unit, it shows here.
coming-no-unit = You neither publish nor keep places of posting for any unit
coming-no-unit-text = Whoever publishes for a unit answers what is sent to it; whoever keeps its places prints the sheets and records where they hang.
coming-is-out = Not hung
coming-is-out-here = The unit does not hang this notice. The reason:
coming-line-now = Its own line:
coming-reason-now = Reason:
coming-line = The unit’s own line
coming-line-help = Shown under this notice on the unit’s board: whom to ask, telephone, hours, room. Leave it empty to take the line away.
coming-line-keep = Keep the line
coming-out = Do not hang this notice, because
coming-out-help = The sender reads the reason. The notice leaves the unit’s board at once.
coming-out-do = Do not hang it
coming-in-help = The notice will show on the unit’s board again.
coming-in-do = Hang it again
coming-may-not = You can only look. Whoever may publish for the unit answers.
coming-history = What was said
coming-was-line = Kept a line of its own
coming-was-line-removed = Took its line away
coming-was-out = Does not hang it
coming-was-in = Hangs it again

act-sent = For whom
sent-title = For whom it is
sent-told = For { $count } places: { $shows } hang it, { $out } do not. { $lines } added a line of their own.
sent-over = The notice does not hang now.
sent-nowhere = The notice hangs in its own unit only.
sent-out = Not hung
sent-lines = With a line of their own
sent-shows = Hung
coming-papers = Hang this posting
coming-papers-help = The sheet bears a QR code that leads to this very edition, and the unit’s own line if it has one. It may bear names that the web does not: print it only to hang it.
coming-print = Print the sheet to hang
coming-print-large = Print it in large letters
coming-hangs = Record where it hangs
coming-out-no-paper = The unit does not hang this posting, so there is no sheet to print. Hang it again first.
coming-line-on-paper = In { $unit }
coming-over = Over
coming-over-hangs = Still hangs: take it down
