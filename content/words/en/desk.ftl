# The desk: its frame, what waits, texts and their road.

desk-name = Editorial desk
desk-ways = Sections of the desk
desk-way-mine = My work
desk-way-queue = Waiting
desk-way-texts = Texts
desk-way-calendar = Calendar
desk-way-people = People
desk-way-units = Units
desk-way-log = Log
desk-way-kinds = Kinds of posting
desk-way-holidays = Days off
desk-way-settings = Site settings
desk-me = My account
desk-to-site = Public site
desk-sign-out = Sign out
desk-undo = Undo
desk-issues = Please mend these
desk-cancel = Cancel
desk-back-to-text = Back to the text

desk-refused-missing = Not found
desk-refused-missing-text = There is nothing at this address, or it belongs to a unit that your account may not see.
desk-refused-forbidden = This is not yours to do
desk-refused-forbidden-text = Your roles in this unit do not allow it. If you need it, ask an administrator for another role.
desk-refused-stale = Somebody has just changed this text
desk-refused-stale-text = What you were looking at is no longer the newest, so nothing was done. Open the text again, read what changed, and try once more.
desk-refused-state = Not possible now
desk-refused-state-text = What you chose has not been done:
desk-refused-held = What you typed is kept, and waits on your own page.
desk-refused-issues = Not possible yet
desk-refused-issues-text = Please mend these first:
desk-refused-back = Back

desk-done-saved = Saved.
desk-done-files-kept = The list of files is saved.
desk-done-file-added = The file is added.
desk-done-picture-kept = The picture is sent.
desk-done-recounted = Saved. Notices whose last day was counted by the old calendar were counted again; the log names each.
desk-done-two-versions = Saved. In one place two people’s words still stand beside each other, between the lines <<<< and >>>>: keep one and delete those lines.
desk-done-submitted = Submitted. Reviewers see it under “Waiting”.
desk-done-taken-back = Taken back for more work.
desk-done-sent-back = Sent back to its author, with the reason.
desk-done-approved = Approved. It waits for somebody who may publish.
desk-done-published = Published. Everybody can read it from now on.
desk-done-scheduled = Scheduled.
desk-done-urged = Published urgently. It stays on the list until a second person confirms it.
desk-done-draft-there = This draft was there already. Go on with it, or discard it and begin anew.
desk-done-confirmed = The urgent publication is confirmed.
desk-done-withdrawn = Withdrawn. Its address now gives your reason.
desk-done-undone = Undone.
desk-done-discarded = Moved to the trash. It can be restored at any time.
desk-done-restored = Restored as a draft.
desk-done-rescheduled = The times were changed.
desk-done-unscheduled = No longer scheduled. Its words are a draft again.
desk-done-shared = A link to the draft was made.
desk-done-unshared = The link to the draft no longer works.
desk-done-bulk = Done for all chosen texts.

state-draft = Draft
state-submitted = Waiting for review
state-approved = Approved, not yet published
state-published = Published
state-scheduled = Scheduled
state-superseded = Replaced
state-withdrawn = Withdrawn
state-ended = Ended
state-discarded = In the trash
state-urgent = Urgent, to be confirmed

kind-article = Article
kind-page = Standing page

mine-title = My work
mine-write = Write a new text
mine-returned = Sent back, to be mended
mine-returned-by = Sent back by { $name }, { $at }
mine-drafts = My drafts
mine-waiting = Submitted, waiting
mine-published = Published lately
mine-empty = You have no texts yet
mine-empty-text = Write your first: title, summary and text, look at the preview, then submit it.
mine-empty-reader = Your role writes no texts. What waits for you is under “Waiting”.
mine-to-queue = { $count ->
    [one] One text waits for you
   *[other] { $count } texts wait for you
}
mine-unsaved = Typed and not saved
mine-unsaved-help = Seen by nobody but you. Open each to go on with it, or drop it; it is kept for { $count } days after it was typed.
mine-unsaved-more = { $count ->
    [one] One older one is shown here when you are done with those above.
   *[other] { $count } older ones are shown here when you are done with those above.
}
unsaved-lead = You typed this at { $at }; it was not saved, or could not be sent. Nobody but you sees it.
unsaved-reason = Reason
unsaved-open = Open and go on
unsaved-drop = Drop it
unsaved-beside = Something else that you typed here was not saved, or could not be sent:
unsaved-beside-at = Typed at
unsaved-gone = (a text that you may no longer see)
mine-changed = Last changed { $at }
mine-sent = Submitted { $at }

queue-title = Waiting
queue-lead = What waits for you, the longest first.
queue-review = For you to review
queue-review-help = What you wrote or submitted yourself is not here: somebody else reviews it.
queue-publish = Approved, to be published
queue-confirm = Published urgently, to be confirmed by a second person
queue-confirm-help = The public reads or has read these, and no second person has looked at them yet. Read them, then confirm or withdraw.
queue-empty = Nothing waits for you
queue-empty-text = When somebody submits a text it appears here, and its number beside the menu.
queue-more = { $count } more; use the filter under “Texts”.
queue-since = Waiting for { $time }
queue-by = Submitted by { $name }
queue-first = First edition
queue-changed = { $count } words changed
queue-same = The same words

time-now = a moment
time-minutes = { $count ->
    [one] a minute
   *[other] { $count } minutes
}
time-hours = { $count ->
    [one] an hour
   *[other] { $count } hours
}
time-days = { $count ->
    [one] a day
   *[other] { $count } days
}

texts-title = Texts
texts-search = Search in titles
texts-state = State
texts-kind = Kind
texts-unit = Unit
texts-section = Section
texts-sort = Order
texts-any = All
texts-sort-touched = Last changed first
texts-sort-oldest = Oldest first
texts-sort-title = By title, A–Z
texts-filter = Filter
texts-unfilter = Remove the filter
texts-told = { $count ->
    [0] No texts.
    [one] One text.
   *[other] { $count } texts.
}
texts-told-more = More than { $count } texts. Filter or type more words to find yours sooner.
texts-choose = Choose “{ $title }”
texts-choose-all = Choose all on this page
texts-bulk = With the chosen texts
texts-bulk-look = Look before it is done
texts-newer = Previous page
texts-older = Next page
texts-none = No text matches
texts-none-text = Try fewer conditions or fewer letters; accents are not needed.
texts-empty = There are no texts yet
texts-empty-text = Texts of the units that you may see appear here.
texts-untitled = (no title yet)

bulk-submit = Submit
bulk-discard = Move to the trash
bulk-withdraw = Withdraw
bulk-title = { $act }: texts chosen: { $count }
bulk-lead = Look at the list before it is done. It is done with all of them or with none.
bulk-nothing = You have chosen no text with which this can be done.
bulk-reason = The reason, the same for all of them

text-about = About
text-unit = Unit
text-section = Section
text-address = Address
text-starts = Starts
text-ends = Ends
text-no-end = No end
text-drafted-by = Author
text-note = What changed
text-minor = A minor change, without a public note
text-whole-portal = The whole portal
text-see-public = Open the public page
text-preview = Preview
text-checks = Before you submit
text-history = History
text-edition = Edition { $number }
text-compare = Compare with the save before
text-restore-revision = Take these words again
text-held = You typed something at { $at } that was not saved.
text-held-open = Open it
text-sent-back = Sent back by { $name }, { $at }:
text-urgent = Edition { $number } was published urgently, without review, and no second person has confirmed it yet. Reason: { $reason }

act-edit = Edit
act-submit = Submit
act-take-back = Take back to edit
act-review = Read and review
act-publish = Publish
act-urge = Publish urgently
act-confirm = Look and confirm
act-next = Edit as a new edition
act-reschedule = Change the times
act-unschedule = Cancel the schedule
act-withdraw = Withdraw
act-discard = Move to the trash
act-restore = Restore
act-share = Make a link to the draft

step-drafted = Begun
step-revised = Saved
step-attached = Changed attachments
step-set_aside = Kept beside
step-submitted = Submitted
step-taken_back = Taken back
step-sent_back = Sent back
step-approved = Approved
step-published = Published
step-confirmed = Confirmed
step-withdrawn = Withdrawn
step-undone = Undone
step-discarded = Moved to the trash
step-restored = Restored
step-rescheduled = Times changed
step-by = { $name }, { $at }

compare-title = Two saves compared
compare-same = Both have the same words.
compare-revision = Saved { $at }

preview-title = Preview
preview-lead = This is exactly the page that the public will see. Its address opens only for who is signed in.
preview-width = Screen
preview-phone = Phone
preview-desktop = Computer
preview-print = A4 paper
preview-alone = Open the page alone (to print)

new-title = Write a new text
new-lead = These few lines are enough to begin; words and place can be changed later.
new-kind = Kind of text
new-kind-article = Article: bears a date and stands in a section
new-kind-page = Standing page: about us, contact, instructions; bears no date
new-kind-posting = Notice: has a number, a period and places where it hangs
new-whole-portal = The whole portal (standing pages only)
new-begin = Begin

edit-heading = Edit
edit-title = Title
edit-title-help = The most important thing, best within 100 letters.
edit-lead = Summary
edit-lead-help = One or two sentences; shown in lists and when shared.
edit-body = Text
edit-body-help = An empty line begins a new paragraph.
edit-marks = Format
edit-mark-heading = Heading
edit-mark-bold = Bold
edit-mark-italic = Italic
edit-mark-list = List
edit-mark-numbers = Numbers
edit-mark-quote = Quote
edit-mark-link = Link
edit-mark-example = words here
edit-how = How to write bold, headings, lists, links, tables
edit-how-text =
    ## A heading
    {"*"}*bold** and *italic*

    - first of a list
    - second of a list

    1. step one
    2. step two

    {"["}words of a link](https://address.example)

    | Column one | Column two |
    |---|---|
    | cell | cell |
edit-filing = Place and time
edit-unit = Unit
edit-unit-help = Only units in which you may write.
edit-section = Section
edit-choose = Choose…
edit-ends = Ends at
edit-ends-help = Leave empty if it never ends. From this hour on it no longer shows.
edit-byline = Author
edit-source = Source
edit-source-url = Address of the source
edit-review = Next review
edit-review-help = The day on which somebody looks at the page again. The public sees it below the page.
edit-picture = Picture
edit-picture-file = Picture on the shelf
edit-picture-help = Choose among the pictures of this portal.
edit-picture-none = No picture
edit-alt = Description of the picture
edit-alt-help = For who cannot see it: who is in it, and what they do.
edit-decorative = Only decoration, needs no description
edit-caption = Caption
edit-credit = Photographer
edit-note-heading = What changed
edit-note = Public note on the change
edit-note-help = The public reads this line in the text’s history.
edit-minor = A minor change (typing, layout), no note needed
edit-preview = Preview
edit-preview-whole = The whole page in three sizes
edit-save = Save
edit-save-preview = Preview
edit-save-submit = Submit
edit-kept-at = What you typed was kept at
edit-kept-here = Not sent to the server yet: what you typed is kept on this device
edit-signed-out = Your session is over. What you typed is kept on this device; press Save to sign in again and go on.
edit-cut-off = This page can save no more: you signed in anew elsewhere, or the text is no longer yours to edit. What you typed is kept on this device; press Save to put it on your own page.
edit-others = Also open for editing by:
edit-lost = This device still holds something you typed that could not be saved.
edit-lost-take = Use it
edit-lost-drop = Drop it
edit-held = Below is what you typed at { $at } without saving. Look it over, then press Save.
edit-held-drop = Drop it and use what was saved
edit-bad-time = This is no time. Please give day and hour, for example 2026-12-01T07:30.
edit-bad-day = This is no day. Write day, month and year, such as 01/05/2027.
edit-unknown-kind = Choose a kind of text.
edit-article-of-nobody = An article belongs to a unit. Choose one from the list.
edit-unknown-unit = Please choose a unit from the list.
edit-unknown-section = Please choose a section from the list.
edit-needs-title = Please give a title.

conflict-title = Somebody saved before you
conflict-lead = { $name } saved this text at { $at }, after you had opened it. Nothing was overwritten: choose what to keep.
conflict-mine = Yours
conflict-theirs = Saved before
conflict-choose = What to keep
conflict-merged = Both put together
conflict-merged-clean = You changed different places, so both fit together. Please read it before you save.
conflict-merged-marked = Both of you changed some places; both ways stand between <<<< and >>>>. Keep one of each and remove the marks.
conflict-mark-mine = YOURS
conflict-mark-theirs = SAVED BEFORE
conflict-mark-end = END OF THE DIFFERENCE
conflict-take-merged = Save both together
conflict-take-mine = Save mine instead
conflict-take-theirs = Keep what was saved
conflict-safe = Whatever you choose, your words are in the history already.

review-changes = What changes against the published edition
review-page = The page that the public will see
review-where = Where it will appear
review-approve = Approve
review-approve-publish = Approve and publish as chosen
review-back = Send back
review-reason = Why it is sent back
review-reason-help = The author reads exactly this. Say what to mend, and where.
review-own = You wrote or submitted this text, so somebody else has to review it.

publish-title = Publish
publish-lead = The text is approved. Choose from when on the public can read it.
publish-when = When
publish-now = Now
publish-later = At the time given below
publish-not-yet = Only approve, publish later
publish-starts = Starts at
publish-starts-help = Vietnam time. Only for a later time.
publish-button = Publish
publish-needs-time = Choose the day and hour of publication, or choose “Now”.
publish-now-or-then = You gave a time, and chose to publish now. Choose to publish at that time, or clear it.

withdraw-title = Withdraw
withdraw-lead = Whoever opens its address reads this reason in place of the text.
withdraw-reason = Why it is withdrawn
withdraw-reason-help = The public reads this.
withdraw-pointer = What replaces it (if anything)
withdraw-pointer-help = Choose from the list, or paste the address of that text on this portal.
withdraw-button = Withdraw

urge-title = Publish urgently, without review
urge-lead = The public can read it at once. It stays on the list until a second person confirms or withdraws it.
urge-reason = Why it cannot wait for review
urge-reason-help = For example: flood water will be released within two hours.
urge-button = Publish now

reschedule-title = Change the times
reschedule-lead = What already shows can be given another end; what does not yet show, another start too.
reschedule-button = Save the times

discard-title = Move to the trash
discard-lead = The draft leaves the lists. Nothing is deleted: it can be restored under Texts, state “In the trash”.
discard-button = Move to the trash

share-title = Links to the draft
share-made = A link to the draft
share-told = Whoever has this link can read the draft until { $until } without signing in. It dies when the text is published.
share-once = Copy it now: it is shown only once.
share-line = Made by { $name }, works until { $until }
share-end = Stop sharing
share-note = This is a draft and not published.

calendar-title = Calendar: { $month }
calendar-empty = Nothing begins or ends in this month
calendar-empty-text = When a text is scheduled or given an end, the day appears here.
calendar-starts = Starts
calendar-ends = Ends

desk-units-search = Name or code of a unit
desk-units-find = Find
desk-units-former = former unit
desk-units-public = Public page
desk-units-told = { $count ->
    [one] One unit.
   *[other] { $count } units.
}
desk-units-held = Where you hold a role
desk-units-own = Units of this portal
desk-units-provinces = Provinces and cities
desk-units-others = Other units
desk-units-before = Previous page
desk-units-after = Next page
desk-units-none = No unit matches
desk-units-none-text = Search by name, without accents if you like, or by the unit’s code.
desk-issue-line = Line { $line }: { $text }

queue-rewritten = Mostly rewritten
edit-on-its-way = The text was submitted, so it cannot be edited. To go on, choose “Take back to edit”.
edit-published = The text is published. To change it, choose “Edit as a new edition”.
review-not-waiting = This text does not wait for review any more.
back-title = Send back
back-lead = The text becomes a draft again. Its author reads exactly this reason.
back-button = Send back
calendar-planned = Planned
calendar-more = There is more; this page shows the first 500 of the month.
desk-done-forgotten = What was not saved was dropped.
text-check-must = Must be mended:
text-urgent-gone = Edition { $number } was published urgently and taken back by the same person. No second person has looked at it yet. Reason for the urgency: { $reason }
act-seen = Look at it and confirm that you have
review-elsewhere = The edition before this one belongs to another unit and is not yours to see here, so nothing is compared. Please read the whole text.
queue-approved-by = approved by { $name }
queue-taken-back = taken back by the person who published it urgently
texts-elsewhere = Published in your unit, being corrected in another
texts-elsewhere-help = The public still reads these texts in your unit. Their corrections are written in another unit, so the list above does not have them.
confirm-title = Confirm the urgent notice
confirm-lead = Read this very edition. If it is right, confirm it. If it is not, go back and withdraw it.
confirm-button = Confirm
seen-title = Confirm that you have seen the urgent notice
seen-lead = The person who published this edition urgently has taken it back. Read it, then confirm that you have seen it; it will not be shown again.
seen-button = I have seen it
