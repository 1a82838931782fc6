# The archive of a month.

archive-kicker = Archive
archive-other-months = Other months
archive-other-years = Other years
