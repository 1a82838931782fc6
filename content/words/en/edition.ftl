# An earlier edition at its own address, and what was changed after it.

edition-title = { $title } (version{"\u00A0"}{ $number })
edition-old = This is an old version
edition-stood = Version{"\u00A0"}{ $number } was published on { $from } and replaced by version{"\u00A0"}{ $successor } on { $until }.
edition-why = Reason:
edition-minor = Minor change: nothing that the text tells is otherwise
edition-read-now = Read the current version (version{"\u00A0"}{ $number })
edition-now = This is the current version
edition-stands = Version{"\u00A0"}{ $number } was published on { $from }. This address always leads to version{"\u00A0"}{ $number }, even after a newer one has replaced it.
edition-read-page = Open the main page
edition-changes = What was changed in version{"\u00A0"}{ $number }
edition-gone = Removed
edition-new = Added
edition-gone-before = [removed:
edition-new-before = [added:
edition-change-end = ]
edition-same-words = The wording is the same; the next version differs only in pictures, attachments, links, section, place or layout.
edition-too-long = The text is too long for every change to be marked. Please see the reason above.
edition-part-title = Title
edition-part-lead = Summary
edition-part-body = Text
edition-part-picture = Picture caption
edition-part-source = Source
edition-file-absent = no longer provided
