# The archive of a month.

archive-kicker = Lưu trữ
archive-title = Tin { $month }
archive-description = Các tin đã đăng trong { $month }.
archive-other-months = Tháng khác
