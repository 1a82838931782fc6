# Places of posting: a unit's list, a place's card.

desk-way-places = Places of posting
desk-done-place-added = The place was added. Print its card and put it there.
desk-done-place-code = The code was renewed. The old one no longer works; print the card again.

place-kind-seat = Board at the seat
place-kind-villages = Village house or community point
place-kind-points = Transaction point
place-kind-portal = Portal
place-kind-loudspeaker = Loudspeakers
place-kind-meetings = Village meeting
place-kind-screens = Public screen
place-kind-other = Other place

places-title = Places of posting
places-lead = Each place has a code. Whoever looks after it scans the QR code on a sheet, types the place's code and confirms by phone that the sheet was hung or taken down. No account is needed.
places-open = In use
places-closed = No longer in use
places-closed-on = not used after { $day }
places-none = No place of posting yet
places-none-text = Begin with the board at the seat, then add village houses and transaction points. One entry each; more can be added at any time.
places-add = Add a place
places-change = Change what is said of it
places-keep = Save
places-back = Back to the place
places-kept-by = Looked after by:
places-code = Code of the place
places-code-help = Whoever has this code can confirm what is hung and taken down here. Give it only to those who look after the place.
places-renew = Renew the code
places-renew-help = When the code has become known, or somebody else looks after the place. The old code stops at once.
places-card = Card to print
places-card-of = Card to print: { $name }
places-card-help = Print this page (Ctrl+P) and give it to whoever looks after the place.
places-card-qr = QR code by which a phone remembers the place's code
places-card-1 = Scan this QR code once, so that your phone remembers the place's code.
places-card-2 = When you hang a sheet or take it down, scan the QR code on that sheet.
places-card-3 = Choose “Hung” or “Taken down”, then press “Confirm”.
places-name = Name
places-name-help = As people call it, for example “Village house, village 2”.
places-kind = Kind
places-location = Where it is
places-keeper = Looked after by
places-keeper-help = Shown at the desk only.
places-phone = Telephone
places-opened = In use since
places-last = Last day of use
places-last-help = Leave it empty while the place is in use.

places-no-name = Give the place a name.
places-too-long = Too long: at most { $most } characters, on one line.
places-bad-phone = A telephone number has digits, spaces and + - . ( ) only, at most 30 characters.
places-closed-before = The last day must not come before the first.
places-too-many = A unit has at most { $most } places of posting.
places-twice = the place “{ $slug }” of this unit has two lines
places-file-head = the first line must be: { $columns }
places-file-row = each line must have { $count } cells
places-bad-day = “{ $day }” is no day; write it as 2026-11-06
places-no-unit = no unit in units.csv has the address “{ $unit }” (column label)

placements-bad-code = This code is wrong or no longer in use. Please look at the place's card again.
placements-in-future = That moment has not come yet.
placements-place-shut = This place was not used for postings on { $day }.
placements-too-many = For one posting at one place no more than { $most } entries are kept.
placements-no-reason = Say why this entry is wrong.
placements-struck-already = This entry has been set right already.

log-act-hung = Hung
log-act-taken-down = Taken down
log-act-interrupted = Torn or lost
log-act-resumed = Hung again
log-act-struck = Entry set right
log-act-place-added = Place of posting added
log-act-place-changed = Place of posting changed
log-act-place-closed = Place of posting closed
log-act-place-code-renewed = Code of a place renewed
log-fact-place = Place
log-actor-board = Somebody at the board

verify-changed-placement = Entry { $id } on hanging is not as the log tells it.
verify-lost-placement = { $count } entries on hanging that the log tells of are missing.
