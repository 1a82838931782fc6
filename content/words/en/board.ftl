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
