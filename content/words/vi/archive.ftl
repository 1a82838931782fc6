# The archive of a month.

archive-kicker = Lưu trữ
archive-other-months = Tháng khác
archive-other-years = Năm khác
