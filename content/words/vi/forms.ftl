# Bảng tin của đơn vị ở các dạng khác: cho trình đọc tin, lịch điện thoại, máy in chữ, hệ thống cảnh báo.

forms-title = Các dạng khác
forms-calendar = Lịch (iCalendar)
forms-text = Văn bản thuần
forms-warnings = Cảnh báo khẩn (CAP)
forms-taken-down = Đơn vị đã thôi niêm yết văn bản này.
forms-moved = Bản sửa của văn bản không còn gửi tới đơn vị này.
forms-replaced-by = Đã được thay bằng văn bản ở địa chỉ { $address }
forms-note = Chú thích
forms-text-item = Văn bản { $number } trên { $count }
forms-text-address = Địa chỉ: { $address }
forms-text-elsewhere = Toàn văn ở địa chỉ dưới đây.
forms-warnings-of = Cảnh báo khẩn tại { $unit }
forms-warning-over = Một cảnh báo đã hết hiệu lực
forms-drill = Đây là diễn tập.
forms-sample = Đây là văn bản mẫu, không phải cảnh báo thật.
