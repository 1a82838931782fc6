# What stands in the way from outside: a disk, a database, a port. Each says what to do.

trouble-disk-full = The disk is full: { $path } cannot be written. Make room and run again; what was there is whole.
trouble-read-only = No right to write or read { $path }. Check this folder's rights for the account that runs the program.
trouble-no-such-file = There is no { $path }. Check the path.
trouble-database-url = DATABASE_URL must begin with postgres://. For SQLite, leave it out altogether.
trouble-database-full = The disk is full, so the database cannot be written. Make room and run again; what was there is whole.{ $path ->
    [none] {""}
   *[other] {" "}({ $path })
}
trouble-database-busy = Another program holds the database. Close it and run again; nothing was changed.{ $path ->
    [none] {""}
   *[other] {" "}({ $path })
}
trouble-database-read-only = The database cannot be opened for writing. Check the rights of the data folder (BANGTIN_VAR).{ $path ->
    [none] {""}
   *[other] {" "}({ $path })
}
trouble-database-damaged = The database file is damaged or not Bảng Tin's. Keep it as it is and restore a backup.{ $path ->
    [none] {""}
   *[other] {" "}({ $path })
}
trouble-database-newer = The database was made by a newer Bảng Tin (step { $version }). Use the newer program; the data was not touched.
trouble-database-unreachable = PostgreSQL cannot be reached: { $reason }
trouble-words = The interface words in the content folder cannot be read: { $reason }
trouble-no-data = There is no data of Bảng Tin in { $path }. Go to the right folder, or set BANGTIN_VAR.
trouble-port-in-use = Another program uses { $address }. Stop it, or set BANGTIN_LISTEN to another port.
trouble-port-forbidden = No right to listen on { $address }. Use a port from 1024 up, or an account that may.
trouble-port = Cannot listen on { $address }: { $reason }
trouble-cards-busy = Many share cards are being drawn at once. Try again in a few seconds.

verify-last = Last row { $rows }: { $digest }. Note it down: it shows later that no row was cut off.
verify-whole = The log is whole: { $rows } rows. { $editions } editions, { $files } files and { $people } accounts were compared and are as recorded.
verify-lacking = Pictures that still lack a rendition: { $count }; a running portal makes them by itself.
verify-broken-row = The log was tampered with: the first wrong row is row { $position }.
verify-changed-text = A text was changed outside the program: { $subject }.
verify-changed-edition = { $subject } is not as the log left it: its times, unit, section or state were changed outside the program.
verify-lost-edition = The log tells of { $subject }, and the database has it no more.
verify-changed-step = Step { $step } of { $subject } is not as the log told it.
verify-lost-step = Row { $position } of the log tells of a step that the text’s history no longer has.
verify-changed-address = The former address “{ $address }” is not as the log left it.
verify-changed-list = { $name } in the database is not as the log left it.
verify-changed-person = The account { $login } is not as the log says: its roles, password or state were changed outside the program.
verify-lost-person = The log tells of the account { $login }, but the database has it no more.
verify-changed-terms = The terms of showing were changed outside the program: { $subject }.
verify-changed-file = A file is lost or was changed: { $digest }.

edition-wrong-state = { $state ->
    [draft] This edition is a draft, so this cannot be done.
    [submitted] This edition awaits approval, so this cannot be done.
    [approved] This edition is approved and not published yet, so this cannot be done.
    [published] This edition is published, so this cannot be done.
    [superseded] A newer edition stands in this one's place, so this cannot be done.
    [withdrawn] This edition is withdrawn, so this cannot be done.
   *[discarded] This edition is in the trash, so this cannot be done.
}
