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
