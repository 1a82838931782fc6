# A unit's board in its other forms: for feed readers, calendars on phones, printers of letters, warning systems.

forms-title = Other forms
forms-calendar = Calendar (iCalendar)
forms-text = Plain text
forms-warnings = Urgent warnings (CAP)
forms-taken-down = The unit does not hang this notice any more.
forms-moved = A correction of this notice is not for this unit any more.
forms-replaced-by = It was replaced by the notice at { $address }
forms-note = Note
forms-text-item = Notice { $number } of { $count }
forms-text-address = Address: { $address }
forms-text-elsewhere = The whole text is at the address below.
forms-warnings-of = Urgent warnings in { $unit }
forms-warning-over = A warning is over
forms-drill = This is a drill.
forms-sample = This is a sample and no real warning.
