# A machine at a commune’s notice board: the copy of the bulletin, and the screen.

board-folder-taken = Another board is using the folder { $path }. Each board needs a folder of its own: add --in FOLDER.
board-another = This folder belongs to a board that follows { $portal }, unit { $unit }. Choose another folder (--in), or delete this one if that board is gone.
board-not-loopback = The screen is for this machine alone, so --listen must be an address such as 127.0.0.1:8181, not { $address }.
board-listen-failed = { $address } could not be opened: { $reason }
board-ready = The board of unit { $unit }, following { $portal }. Open a full-screen browser at { $address }
cli-board = Run a notice board: keep a copy of a unit’s bulletin, line or no line, and serve its screen on this machine
cli-board-from = The portal’s address, such as https://province.example.vn
cli-board-unit = The code of the unit whose bulletin is to hang here
cli-board-in = The folder of the copy; by default board-CODE in the data folder
cli-board-listen = The address of the screen on this machine; by default 127.0.0.1:8181
cli-board-key = The portal’s key, given by hand; needed where its address is not https

desk-way-boards = Electronic boards
desk-done-board-paired = Paired. From now on the portal knows what this board shows, and since when.
desk-done-board-unpaired = Taken off. What it says from now on counts for nothing.
log-actor-screen = Electronic board
log-act-board-paired = An electronic board was paired
log-act-board-unpaired = An electronic board was taken off

boards-title = Electronic boards
boards-none = No electronic board yet
boards-none-text = An electronic board is a screen with a small computer at a place of posting. It gets the unit’s bulletin by itself, shows it also without a line, and reports what it showed and since when.
boards-pair = Pair a board
boards-pair-help = Run the command below on the board’s computer; its screen shows a pairing code of six digits. Without such a computer, open the screen’s page on a television set, but the portal cannot know what that page showed.
boards-screen = Open the screen’s page
boards-code = The code on the screen
boards-code-help = Six digits; they change within the hour.
boards-place = Where the board stands
boards-places-first = Add a place of posting first, then come back.
boards-bad-code = No board of this unit shows that code now. Look at the screen again: the code changes within the hour.
boards-no-place = Choose one of the unit’s places of posting that is in use.
boards-too-many-wait = Too many boards of this unit wait to be paired. Wait half an hour.
boards-unpaired-already = This board was taken off already.
boards-no-reason = Give a reason of at most { $most } characters.
boards-remove = Take off
boards-remove-sure = The portal takes no more reports of this board. What is recorded stays. To use the machine again, delete its folder and pair it as a new one.
boards-reason = Reason
boards-never = never
boards-heard = Last report: { $at }
boards-paired = Paired { $at }
boards-version = Version { $version }
boards-since = since { $at }
boards-showing = { $count ->
    [one] { $count } text on the screen
   *[other] { $count } texts on the screen
}
boards-showing-none = Has not said that it shows anything.
boards-well = Shows what it should
boards-silent = Silent for too long: perhaps without power or without a line
boards-version-other = Another version than the portal’s
boards-clock = Its machine’s clock is wrong
boards-ill = Something is wrong: { $why }
boards-stale = Shows an old bulletin
boards-dark = Its screen is off or covered
cli-board-install = Write the systemd units by which the board and its screen start whenever the machine has power
cli-board-user = The user of this machine who runs board and screen; by default the board runs as a passing user of systemd’s, the screen as bangtin
cli-board-browser = The browser; by default /usr/bin/chromium
cli-board-to = The folder to write to; by default /etc/systemd/system
board-install-heading = Written by the command above. To change it, run that command again; lines of this machine’s own belong in { $name }.d/
board-install-service = The notice board of unit { $unit }
board-install-kiosk = The notice board’s screen, unit { $unit }
board-install-written = Written: { $path }
board-install-next = Left to do, typed one after another as root:
board-install-bad = This cannot be written into a systemd unit: “{ $text }”. A unit’s code is digits; a user’s name is plain lower-case letters, digits and hyphens; a path has no control characters.
board-install-needs-user = With --in comes --user: that folder needs an owner. Without --in the copy lies in /var/lib/bangtin-board.
board-install-not-ours = { $path } was not written by this command, so it was left as it is, and nothing has changed. Move it elsewhere, or write to another folder with --to.
boards-resting = Outside its hours
boards-bad-time = Give hours and minutes, such as 07:00. Leave both empty for a board that shows day and night.
boards-bad-hours = It must close later than it opens, on the same day.
boards-place-taken = There is an electronic board at { $place } already. Each screen needs a place of its own: add one, or take the old board off first.
boards-place-of-paper = { $count } texts hang on paper at { $place }. Paper and screens are recorded apart: add a place of the kind “Screen” for this board.
placements-tells-itself = { $place } is an electronic board: it says itself what it showed and since when, so nothing is noted by hand.
log-act-board-hours = Change the hours of an electronic board
mine-boards-urgent = The urgent notice “{ $title }” is not on the screen of electronic boards: { $count }
mine-boards-wanting = Electronic boards to be looked after ({ $count }): { $places }
mine-boards-more = { $places } and { $more } more
