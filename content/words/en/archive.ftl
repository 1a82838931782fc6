# The archive of a month.

archive-kicker = Archive
archive-title = News of { $month }
archive-description = Everything published in { $month }.
archive-other-months = Other months
