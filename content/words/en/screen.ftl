# The screen of a board: a television set or tablet in an office or a culture house. `{ $at }`, `{ $n }`… are filled in on the screen.

screen-title = Board screen of { $unit }
screen-open = Open on a screen
screen-loading = Opening the board…
screen-plain = This screen turns its pages where the browser runs JavaScript. Below is what is posted now; the page loads again every minute.
screen-board = The unit’s board

screen-updated = Updated { $at }
screen-updated-never = Nothing received yet
screen-age-now = just now
screen-age-minutes = { $n }{"\u00A0"}min ago
screen-age-hours = { $n }{"\u00A0"}h ago
screen-age-days = { $n }{"\u00A0"}days ago

screen-lunar = day { $day } of lunar month { $month }, { $year }
screen-lunar-leap = day { $day } of leap lunar month { $month }, { $year }
screen-lunar-full = 15
screen-lunar-early = { $n }
screen-lunar-day = { $n }
screen-lunar-months = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
screen-lunar-stems = Giáp, Ất, Bính, Đinh, Mậu, Kỷ, Canh, Tân, Nhâm, Quý
screen-lunar-branches = Tý, Sửu, Dần, Mão, Thìn, Tỵ, Ngọ, Mùi, Thân, Dậu, Tuất, Hợi

screen-nothing = Nothing is posted here now.
screen-nothing-yet = The screen is waiting for its first bulletin.
screen-nothing-clock = The screen’s clock is wrong, so that it cannot tell what is still in force. Please see the paper copies or ask at the office.
screen-nothing-limit = Nothing new has come for too long to tell what is still in force. Please see the paper copies or ask at the office.
screen-why-stale = Nothing new since { $at } ({ $age }). What you see may be out of date.
screen-why-limit = Nothing new since { $at }. Only texts without an end are shown; { $n } are held back.
screen-why-unset = The clock is not set. Only texts without an end are shown; { $n } are held back.
screen-why-jumped = The clock was changed. Only texts without an end are shown; { $n } are held back.
screen-no-time = Time unknown

screen-fault-no-answer = No network, or the portal does not answer.
screen-fault-cut = The line broke off half way.
screen-fault-bad-signature = What came was not signed as it must be, and is not used.
screen-fault-unknown-key = What came was signed with an unknown key, and is not used.
screen-fault-revoked-key = What came was signed with a revoked key, and is not used.
screen-fault-wrong-unit = What came is another unit’s, and is not used.
screen-fault-replayed = What came is older than what is held, and is not used.
screen-fault-from-the-future = What came bears an hour that is still to come, and is not used yet.
screen-fault-not-understood = Who answers is not the portal: this network may ask for a sign-in, or this machine may need the new version of the program.
screen-fault-bad-digest = What came was damaged, and is not used.
screen-fault-disk-full = The device’s memory is full.
screen-fault-no-files = A picture or attachment could not be fetched yet.
screen-fault-no-device = The device’s program does not answer.

screen-page = Page{"\u00A0"}{ $n }/{ $of }
screen-text = Text{"\u00A0"}{ $n }/{ $of }
screen-continued = continued
screen-phone = Read on a phone
screen-phone-files = { $n }{"\u00A0"}attachments. Scan to read on a phone.
screen-number = Number
screen-issuer = Issued by
screen-posted = Posted
screen-until = Until
screen-here = Here
screen-picture = Picture: { $text }
screen-picture-gone = The picture is not here any more
screen-urgent = Urgent
screen-drill = Drill
screen-sample = Sample data
screen-news = News
screen-others = Other matters

screen-look-up = Look up
screen-look-up-title = Posted now
screen-turning = Back to the board
screen-list = List
screen-previous = Previous page
screen-next = Next page
screen-pause = Pause
screen-resume = Go on
screen-paused = Paused
screen-large = Large print
screen-contrast = Contrast
screen-controls = Screen controls
screen-state = State

screen-pairing = Pairing code
screen-pairing-text = Open the desk, Electronic boards, and type this code: from then on the office knows what this board shows.
