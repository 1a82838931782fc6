# Telling other machines when a unit's bulletin changes, and what the unit chooses for its bulletin.

desk-way-webhooks = Tell other machines
desk-done-webhook-added = The address was added. Press “Send a trial” to see whether that machine takes it.
desk-done-webhook-again = It is being sent again. Reload the page in a few seconds to see what came of it.
desk-done-webhook-paused = Paused. Nothing is sent to this address until you let it go on.
desk-done-webhook-removed = The address was removed. Nothing is sent there any more.
desk-done-webhook-resumed = It goes on. What happened during the pause is told too.
desk-done-webhook-tried = A trial is being sent. Reload the page in a few seconds to see what came of it.

bulletin-choice = The unit’s bulletin
bulletin-choice-help = The bulletin holds every posting that hangs in the unit, the latest news and the headline figures. Electronic boards, apps and other portals fetch it and show it.
bulletin-board = See the unit’s board
bulletin-articles = Number of news in the bulletin
bulletin-articles-help = From 0 to 20. Write 0 if the bulletin needs postings only.
bulletin-above = With news of the units above
bulletin-figures = Headline figures in the bulletin
bulletin-figures-help = From 0 to 20. They come from the unit’s newest reports: the figures that each puts above all others.
bulletin-choice-keep = Save the choice
bulletins-articles = Write a number from 0 to { $most }.

webhooks-title = Tell other machines
webhooks-told = Addresses that are told
webhooks-lead = Whenever the unit’s bulletin changes, the portal tells these addresses.
webhooks-protocol = The document for whoever writes a receiving program
webhooks-none = No address yet
webhooks-none-text = This is for programs that want to be told at once when the unit’s bulletin changes, such as an electronic board, the province’s app, another unit’s portal. Whoever writes that program gives you an address; add it below. Citizens who read do not need this.

webhook-title = An address that is told
webhook-add = Add an address
webhook-url = Address
webhook-url-help = Given by whoever writes the receiving program; it begins with https://
webhook-note = Whose it is and what for
webhook-note-help = For those who come after you. Example: electronic board at the culture house of village 2.
webhook-no-address = This is not an address yet. An address looks like https://machine.vn/path.
webhook-long = The address is longer than { $most } letters.
webhook-needs-https = The address must begin with https://, so that nobody in between can change what is sent.
webhook-with-user = The address must not hold a user name or a password (what stands before the @).
webhook-private = This address leads into the inner network or to the server itself, so nothing can be sent there. If it is truly needed, whoever keeps the server turns on the setting webhooks_private.
webhook-twice = This address is on the list already.
webhook-too-many = A unit has at most { $most } addresses. Remove those that are not used any more.
webhook-former-unit = This unit is no more, so nothing can be added or changed.
webhook-is-paused = This address is paused. Let it go on first.
webhook-many-wait = Much waits to be sent to this address. Wait until it is sent, then try again.

webhook-in-use = Being told
webhook-paused-since = Paused since { $at }
webhook-failing-since = Cannot be reached since { $at }
webhook-never = Nothing sent yet
webhook-added-by = Added by { $login }, { $at }
webhook-answer-at = { $at }: the machine answered { $status }
webhook-no-answer-at = { $at }: { $why }
webhook-why-inside = the address leads into the inner network
webhook-why-no-host = the machine was not found
webhook-why-late = the machine answered too late
webhook-why-no-trust = the machine’s certificate is not valid
webhook-why-no-answer = the machine could not be reached

webhook-try = Send a trial
webhook-try-help = Sends a notice that tells of nothing, to learn whether the machine listens.
webhook-pause = Pause
webhook-resume = Go on
webhook-resume-help = When it goes on, what happened during the pause is told too.
webhook-remove = Remove the address
webhook-remove-sure = Nothing is sent to this address any more, and the list of what was sent is lost too. The log still tells who added and who removed it.
webhook-back = Back to the list
webhook-sent = What was sent
webhook-sent-help = The machine must answer with a code from 200 to 299. Otherwise it is sent again, after longer and longer pauses, for three days.
webhook-sent-none = Nothing sent yet
webhook-sent-none-text = When the bulletin changes, it shows here. Press “Send a trial” to try now.
webhook-trial = a trial
webhook-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
webhook-tries = { $count ->
    [0] not sent yet
    [one] sent once
   *[other] sent { $count } times
}
webhook-state-waiting = Waiting
webhook-state-delivered = Taken
webhook-state-given-up = Given up
webhook-next = again at { $at }
webhook-next-now = to be sent now
webhook-next-after = after the one before it
webhook-again = Send again
webhook-again-of = Send again: of { $at }, id { $name }
webhook-newer = Newer
webhook-older = Older

log-actor-webhook = The teller of other machines
log-act-bulletins-kept = Changed what a bulletin carries
log-act-webhook-added = Added an address that is told
log-act-webhook-paused = Paused an address that is told
log-act-webhook-resumed = Let an address that is told go on
log-act-webhook-removed = Removed an address that is told
webhook-boards = Electronic boards
webhook-boards-tell = Tell also when an electronic board of the unit, or of a unit below it, is in trouble
webhook-boards-help = A board that is silent too long, an urgent notice that is not on a screen, a wrong clock…: told when it begins and when it is over, within half a minute.
webhook-boards-keep = Keep
log-act-webhook-boards = Tell an address of electronic boards in trouble, too
log-act-webhook-no-boards = Tell an address of electronic boards no more
