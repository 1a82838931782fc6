# Paper: sheets to hang, records, registers.

paper-too-long = This is longer than { $pages }{"\u00A0"}pages of paper. Move the long part into an attachment.
paper-letters = The printed form has no letters for: { $letters }. Use other letters or signs.
paper-plain = The printed form can be read, but falls short of PDF/UA-1. Remove unusual formatting from the text.

paper-nation = SOCIALIST REPUBLIC OF VIET NAM
paper-motto = Independence - Freedom - Happiness
paper-number = No.
paper-dated = { $day }/{ $month }/{ $year }
paper-at = { $time } on{"\u00A0"}{ $day }
paper-sign-here = (Signature and full name)
paper-to-be-dated = day ...... month ...... year ..........
paper-blank = .........................................
paper-qr = The QR code opens { $address }, which tells the version in force.
paper-picture = Picture:
paper-no = No
paper-from = From { $from }
paper-until = To the end of { $to }
paper-from-to = From { $from } to the end of { $to }
paper-span = From { $from } to { $to }
paper-printed = Printed { $at }
paper-version = Version{"\u00A0"}{ $version }, printed { $at }

paper-mark = Copy for posting
paper-mark-note = It does not replace the original.
paper-sample = SAMPLE DATA
paper-attachments = Attachments
paper-recipients = Sent to:
paper-facts = About this posting
paper-posted = Posted
paper-places = Where it hangs
paper-objections = Where to ask or object
paper-comments = Comments
paper-check = Scan the code or open this address to learn which version is in force:

paper-record = Record
paper-record-posting = Of public posting
paper-record-closing = Of the end of public posting
paper-record-opening = Today, { $at }, at { $place },
paper-record-blank-time = ..... o’clock on ...../...../..........
paper-record-did-hang = we record that the document below was posted publicly.
paper-record-did-end = we record that the public posting of the document below has ended.
paper-record-persons = Present
paper-record-writer = Posted by
paper-record-witness = Witness
paper-record-title = Office, address:
paper-record-about = The document posted
paper-record-document = Document
paper-record-issuer = Issuing body
paper-cited-number = No.{"\u00A0"}{ $number }
paper-cited-dated = of{"\u00A0"}{ $day }
paper-record-placements = Where it hung
paper-record-place = Place
paper-record-hung = Hung
paper-record-down = Taken down
paper-record-by = By
paper-record-evidence = Evidence
paper-record-nowhere = No place is recorded yet.
paper-record-gaps = Interruptions
paper-record-reason = Reason:
paper-record-no-gaps = No interruption is recorded.
paper-record-photo = Photo
paper-record-signed = Signed by the board
paper-record-screen = Told by the electronic board
paper-record-screen-dark = The screen showed nothing (told by the electronic board)
paper-record-screen-silent = Nothing was heard of the electronic board
paper-record-hung-again = Taken down, and hung again
paper-record-screens = An electronic board tells itself what is on its screen, signed with a key of its own. While it tells nothing it counts as interrupted, although it may have shown.
paper-record-gap-many = { $count } times, { $length } in all
paper-record-gap-from = From
paper-record-gap-to = To
paper-record-gap-length = How long
paper-until-now = now
paper-record-count = How the days were counted
paper-record-days = It hung for { $days }{"\u00A0"}days.
paper-record-copies = Ended at ..... o’clock of the same day, read aloud to all present, agreed and signed. Made in ..... copies of equal value.
paper-record-check = Scan to compare the document posted:
paper-record-foot = Document No.{"\u00A0"}{ $number }, version{"\u00A0"}{ $version }
paper-length-days = { $count ->
    [one] { $count }{"\u00A0"}day
   *[other] { $count }{"\u00A0"}days
}
paper-length-hours = { $count ->
    [one] { $count }{"\u00A0"}hour
   *[other] { $count }{"\u00A0"}hours
}
paper-length-minutes = { $count ->
    [one] { $count }{"\u00A0"}minute
   *[other] { $count }{"\u00A0"}minutes
}

paper-register = Register of what was disclosed
paper-register-title = Quarter{"\u00A0"}{ $quarter } of{"\u00A0"}{ $year }, { $unit }
paper-row = No.
paper-register-content = What was disclosed
paper-register-number = Number
paper-register-group = Group
paper-register-forms = Forms
paper-register-when = When
paper-register-where = Where
paper-register-note = Note
paper-register-empty = Nothing was disclosed in this quarter.
paper-plan = Disclosure plan
paper-plan-title = { $year }, { $unit }
paper-plan-due = Due
paper-plan-period = For how long
paper-plan-who = Responsible
paper-plan-state = State
paper-plan-version = Version { $number }, { $day }
paper-record-returned = One copy goes back to { $requester }.
paper-register-count = { $count }{"\u00A0"}entries
paper-record-early = PREVIEW: ITS PERIOD IS NOT OVER
