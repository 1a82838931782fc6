# Postings: how days are counted and what each kind asks for, told to staff and to citizens.

posting-counted-from = Posted on { $day } (not counted).
posting-counted-to = { $measure ->
    [working] Working day
   *[calendar] Day
}{"\u00A0"}{ $days } is { $due }, and the period ends with it.
posting-counted-on = { $measure ->
    [working] Working day
   *[calendar] Day
}{"\u00A0"}{ $days } is { $due } ({ $rests }), so the period goes on to the end of { $last }.
posting-counted-unsure = Not all days off of { $years } have been announced, so the last day may still change.
posting-rest-weekend = a weekend
posting-rest-holiday = { $name }
posting-then = , then{" "}

posting-rule-days = Posted for at least { $days } { $measure ->
    [working] working days
   *[calendar] days
}
posting-rule-consecutive = Posted for at least { $days } consecutive { $measure ->
    [working] working days
   *[calendar] days
}
posting-rule-permanent = Posted permanently and updated on every change
posting-rule-until-replaced = Posted until it is replaced
posting-rule-stated = Posted until the day that it states
posting-rule-urgent = Posted until the hour that it states, and shown at once on every board
posting-rule-where = { $term }. Where: { $places }.
posting-rule-loudspeaker = On loudspeakers for at least { $days } consecutive days.
posting-rule-ahead = To be told at least { $days } { $measure ->
    [working] working days
   *[calendar] days
} before.
posting-rule-deadline = To be disclosed within { $days } working days of the decision.

posting-group-named = Group { $number }: { $name }
posting-place-seat = the seat
posting-place-villages = village houses and community points
posting-place-points = transaction points
posting-place-portal = the portal
posting-place-loudspeaker = loudspeakers
posting-place-meetings = village meetings
posting-place-screens = public screens
posting-place-other = other places that the rules name

posting-bad-days = The number of days must be between 1 and { $most }.
posting-ends-before = The end must not come before the day of posting ({ $posted }).
posting-urgent-endless = “{ $kind }” must say when it ends.
posting-needs-no-end = “{ $kind }” hangs until it is replaced: leave the end empty. By { $source }: “{ $rule }”
posting-too-short = “{ $kind }” must hang for at least { $days } { $measure ->
    [working] working days
   *[calendar] days
}, to the end of { $least } or longer. By { $source }: “{ $rule }”
posting-too-late = “{ $kind }” for { $event } must be posted by { $by }. By { $source }: “{ $rule }”

kind-posting = Posting
posting-list = Public notices
posting-kind = Kind of notice
posting-kind-help = The kind decides how long it hangs, where, and what it may say.
posting-committee = People's Committee of { $unit }

posting-status-not-yet = Not yet in force
posting-status-in-force = In force
posting-status-ending-soon = Ending soon
posting-status-ended = Posting period over
posting-status-expired = No longer in force
posting-status-suspended = Suspended
posting-status-withdrawn = Withdrawn
posting-status-replaced = Replaced
posting-is-not-yet = In force from { $day }.
posting-is-in-force = This notice is on display.
posting-is-ending-soon = On display until { $until }.
posting-is-ended = The posting period ended on { $day }. What follows is kept for reference.
posting-is-expired = Not in force after { $day }.
posting-is-suspended = Suspended from { $from } until further notice. Reason: { $reason }
posting-is-suspended-until = Suspended from { $from } until the end of { $until }. Reason: { $reason }
posting-is-withdrawn = Withdrawn at { $day }.
posting-is-replaced = Another notice stands in its place from { $day }.

posting-number = Number
posting-issuer = Issued by
posting-requester = Posted at the request of
posting-signer = Signed by
posting-issued = Issued on
posting-effective = In force from
posting-expires = In force until the end of
posting-hung = Posted on
posting-until = Posted until
posting-until-day = the end of { $day }
posting-until-replaced = another notice replaces it
posting-until-was-replaced = { $day }, when another notice replaced it
posting-more = About this notice
posting-event = Takes place on
posting-comments = Comments welcome
posting-comments-both = from { $from } until the end of { $until }
posting-comments-since = from { $from }
posting-comments-by = until the end of { $until }
posting-objections = Objections and questions
posting-places = Where it hangs
posting-legal-basis = Legal basis
posting-how-counted = How was the period counted?
posting-sheet = A4 sheet (PDF)
posting-sheet-large = Large print (PDF)
posting-hung-before = Where it hung and was taken down
posting-hung-elsewhere = { $count } places of { $units } other units
posting-hanging = Where it hangs
posting-hung-since = since { $from }
posting-hung-from-to = from { $from } to { $until }
posting-hung-interrupted = torn or lost, not hung again yet
posting-shown-interrupted = not on the screen since { $since }
posting-on-paper = On paper only
posting-on-paper-why = The list holds personal data and is not put on the web. Please see it where the notice hangs.
posting-drill-tag = Drill
posting-replaced-by = Replaced by:
posting-corrected-by = Corrected by:
posting-amended-by = Amended by:
posting-corrects = Corrects:
posting-replaces = Replaces:
posting-amends = Amends:

posting-of-nobody = A notice belongs to a unit. Please choose one from the list.
posting-no-kind = Please choose the kind of notice.
posting-unknown-kind = There is no kind of notice “{ $kind }”. Please choose one from the list.
posting-bad-period = “{ $period }” is no number of days. Write 45 days, or 10 working days.
posting-number-of-nobody = A notice with a number must say who issued it.
posting-number-undated = A notice with a number must say when it was issued.
posting-number-taken = This issuer has used the number this year for “{ $title }” ({ $slug }). Check the number, or correct that notice.
posting-no-event = This kind must be told { $days } { $measure ->
    [working] working days
   *[calendar] days
} ahead: say when the event is. { $source }: “{ $rule }”
posting-expires-before = It cannot expire before it is in force ({ $effective }).
posting-comments-before = The last day for comments cannot be before the first ({ $from }).
posting-suspended-before = The last day of suspension cannot be before the first ({ $from }).
posting-suspended-why = Say why it is suspended; citizens will read it.
posting-suspended-since = Say from which day it is suspended.
posting-drill-of-what = Only an urgent notice can be a drill.
posting-carries-more = “{ $kind }” does not allow so much personal data. Choose a narrower form. { $rule }.
posting-name-in-title = No marked name may stand here. Put it into the text.
posting-mark-open = {"{{"} is not closed by {"}}"} on the same line.
posting-list-on-web = “{ $kind }” holds data about people: its attachments must be for paper only.
posting-unknown-posting = No notice stands at “{ $slug }”. Copy the address of its page again.
posting-of-itself = A notice cannot name itself here.
posting-circle = “{ $slug }” replaces or corrects this notice already, so it cannot be the other way round.
posting-replaced-already = “{ $slug }” has replaced this notice since { $day }. Correct that one.
posting-correction-places = A correction hangs wherever the error hung (Law 104/2016/QH13, Article 22). Needed: { $places }.
posting-correction-units = A correction goes to everyone who received the error. Needed: { $units }.
posting-too-many-targets = At most { $most } recipients. Use a group of units.

posting-part-document = Document
posting-part-days = Force and period
posting-part-where = Where it hangs
posting-part-related = Related notices
posting-part-people = Personal data
posting-part-suspended = Suspension
posting-number-help = As on the document, for example 566/TB-UBND. An issuer uses a number once a year.
posting-requester-help = Where another office asked for it, for example a notary. The record goes back to them.
posting-signer-name = Name of the signer
posting-signer-title = Office of the signer
posting-a-line-each = One on each line.
posting-effective-help = Left empty: from the day it is posted.
posting-ends-help = Left empty: counted by the rule of its kind.
posting-period-days = Days on display
posting-period-help = Only where it is longer than its kind asks for.
posting-period-measure = Counted in
posting-event-help = Where it must be told before an event, for example a reception day.
posting-comments-from = Comments from
posting-comments-until = Comments until the end of
posting-objections-help = Where citizens object or ask, by telephone, until when.
posting-places-help = None chosen: as its kind says.
posting-to = Also for
posting-to-help = It appears on the boards of the units chosen here, beside the unit above.
posting-to-below = Every unit below (communes, wards, special zones)
posting-to-group = Group { $name }
posting-to-codes = Single units, by their codes
posting-to-codes-help = Codes of administrative units, parted by commas or lines, for example 99001, 99002. Once saved, their names stand below.
posting-to-nobody = no unit bears this code now
posting-fold-requester = Posted at the request of another
posting-fold-event = Before an event
posting-fold-comments = Consultation
posting-fold-period = Posted longer than the rule asks
posting-fold-places = Other places than those of its kind
posting-fold-to = For other units too
posting-unknown-unit = On { $day } no unit bore the code “{ $unit }”. Look it up in the list of units.
posting-urgent-kind = “{ $kind }” is urgent: choose the priority “Urgent” (in a file: priority = "urgent").
posting-priority = Priority
posting-priority-normal = Normal
posting-priority-priority = Priority
posting-priority-urgent = Urgent
posting-priority-help = Urgent: above every page; the hour at which it ends must be given.
posting-drill = This is a drill
posting-held-back = Keep secret until its hour
posting-held-back-help = What is scheduled is sent to boards ahead, so that it goes up on time without a line too. Tick this where nobody may know of it before; a board without a line then shows it late.
posting-replaces-help = Addresses of notices that give way when this one is in force, one on each line.
posting-amends-help = Addresses of notices that are changed in part, one on each line.
posting-corrects-help = The address of the notice with the error. A correction hangs wherever the error hung.
posting-people-help = In the text, put a name between double braces, for example {"{{"}Nguyễn Văn An{"}}"}. Paper and the web show it as chosen here.
posting-paper = On paper
posting-web = On the web
posting-carry-none = Nothing
posting-suspended-from = Suspended from
posting-suspended-until = Until the end of
posting-suspended-until-help = Left empty while nobody knows.
posting-suspended-reason = Why it is suspended

strip-label = Urgent notices
strip-urgent = URGENT
strip-drill = DRILL
strip-until = Until { $at }.
strip-more = { $count ->
    [one] { $count } more urgent notice
   *[other] { $count } more urgent notices
}
