# What was disclosed in a quarter, what is planned for a year, and how far a posting has come.

register-way = What was disclosed, by quarter
register-title = { $quarter }: what { $unit } disclosed
register-lead = Everything that { $unit } disclosed in the quarter: in which form, when and where.
register-quarter = Quarter { $number } of { $year }
register-turns = Other quarters
register-count = { $count ->
    [one] { $count } disclosure
   *[other] { $count } disclosures
}
register-so-far = As of { $day }.
register-more = This list names only the first { $most } of the quarter.
register-none = Nothing has been disclosed in this quarter yet.
register-law = This list makes itself from the postings and from what was noted at each place (Law 10/2022/QH15, Article 13.2).
register-file-pdf = To print (PDF)
register-file-xlsx = Excel (.xlsx)
register-file-csv = Data (.csv)
register-column-number = No.
register-column-content = Content
register-column-how = Form, time and place
register-column-document = Document number
register-column-issuer = Issuer
register-column-kind = Kind
register-column-group = Group (Article 11)
register-column-form = Form
register-column-from = From
register-column-to = To the end of
register-column-places = Places
register-column-notes = Notes
register-column-address = Address
register-group = Group { $number }
register-carried = Continued from an earlier quarter
register-form-portal = Portal
register-form-board = Posted on boards
register-form-loudspeaker = Loudspeaker
register-form-meetings = Meetings
register-form-screens = Screens
register-from = since { $from }
register-from-to = { $from } – { $to }
register-place-when = { $place } ({ $when })
register-note-withdrawn = Withdrawn on { $day }. Reason: { $reason }
register-note-on-request = Its period is over. The content is given on request.
register-note-edition = Version { $number } since { $day }
register-note-late = Disclosed late: it was due on { $due } ({ $days } working days after it was issued)
register-note-loudspeaker = On the loudspeaker for { $days } days, where the rule asks for at least { $least }

plan-way = Disclosure plan
plan-title = Disclosure plan of { $unit } for { $year }
plan-lead = What { $unit } discloses in the year, in which form, when and by whom; what has been done and what is late.
plan-years = Other years
plan-of-year = { $year }
plan-version = Version { $number }, { $day }.
plan-tally = { $done } of { $days } planned disclosures made; { $late } late.
plan-tally-none = { $count ->
    [one] { $count } item, disclosed whenever it arises.
   *[other] { $count } items, disclosed whenever they arise.
}
plan-none = No disclosure plan has been published here yet.
plan-law = The plan is made each year; a change is disclosed again (Law 10/2022/QH15, Article 14.1). Its state is read from the postings themselves.
plan-column-of = Kind or group
plan-column-forms = Forms and places
plan-column-due = Due
plan-column-when = Due, and what became of it
plan-column-period = For how long
plan-column-who = Responsible
plan-column-state = State
plan-column-posting = Posting
plan-who = Responsible:
plan-arising = Whenever it arises
plan-done = Disclosed on { $day }
plan-done-late = Disclosed on { $day }, { $days } days late
plan-late = { $days } days overdue, not disclosed
plan-soon = { $days } days left
plan-today = Due today
plan-planned = Not due yet
plan-days = { $days } days
plan-working-days = { $days } working days
plan-as-kind = As its kind says
plan-tardy = Disclosed late after being issued
plan-tardy-told = Issued { $issued }, due { $due }, disclosed { $posted }.
plan-changes = Changes
plan-change = Version { $number }, { $day }:
plan-change-added = Added:
plan-change-dropped = Dropped:
plan-change-otherwise = Changed:
plan-no-content = Say what is disclosed, or leave the whole row empty to drop it.
plan-too-long = Longer than { $most } characters. Please shorten it.
plan-unknown-group = There is no group { $group } among the fourteen of Article 11.
plan-too-many-days = More than { $most } days. Please make two rows of it.
plan-other-year = { $day } is not in { $year }.
plan-bad-date = “{ $day }” is no day. Write days as 15/04/2026, with commas between them.
plan-bad-period = Give a number of days from 1 to { $most }, or nothing.
plan-too-many-done = More than { $most } postings. Please name fewer.
plan-bad-year = A plan can be made for years in which the unit exists, up to next year.
plan-empty = A plan needs at least one item.
plan-too-many = More than { $most } rows. Please join some.
plan-no-note = A published plan that changes has to be disclosed again: say what changes, and why.
