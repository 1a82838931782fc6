# Màn hình bảng tin: máy thu hình, máy tính bảng ở trụ sở, nhà văn hóa. `{ $at }`, `{ $n }`… được điền trên màn hình.

screen-title = Màn hình bảng tin { $unit }
screen-open = Mở trên màn hình
screen-loading = Đang mở bảng tin…
screen-plain = Màn hình này tự lật trang khi trình duyệt chạy được JavaScript. Dưới đây là những gì đang niêm yết; trang tự tải lại mỗi phút.
screen-board = Bảng tin của đơn vị

screen-updated = Cập nhật lúc { $at }
screen-updated-never = Chưa nhận được nội dung
screen-age-now = vừa xong
screen-age-minutes = { $n }{"\u00A0"}phút trước
screen-age-hours = { $n }{"\u00A0"}giờ trước
screen-age-days = { $n }{"\u00A0"}ngày trước

screen-lunar = { $day } tháng{"\u00A0"}{ $month } năm { $year }
screen-lunar-leap = { $day } tháng{"\u00A0"}{ $month } nhuận năm { $year }
screen-lunar-full = Rằm
screen-lunar-early = Mùng{"\u00A0"}{ $n }
screen-lunar-day = { $n }
screen-lunar-months = Giêng, Hai, Ba, Tư, Năm, Sáu, Bảy, Tám, Chín, Mười, Mười Một, Chạp
screen-lunar-stems = Giáp, Ất, Bính, Đinh, Mậu, Kỷ, Canh, Tân, Nhâm, Quý
screen-lunar-branches = Tý, Sửu, Dần, Mão, Thìn, Tỵ, Ngọ, Mùi, Thân, Dậu, Tuất, Hợi

screen-nothing = Hiện không có văn bản nào đang niêm yết.
screen-nothing-yet = Màn hình đang chờ nhận bảng tin lần đầu.
screen-nothing-clock = Đồng hồ của màn hình chưa đúng nên chưa biết văn bản nào còn hiệu lực. Xin xem bản giấy hoặc hỏi tại trụ sở.
screen-nothing-limit = Đã quá lâu không nhận được tin mới nên chưa biết văn bản nào còn hiệu lực. Xin xem bản giấy hoặc hỏi tại trụ sở.
screen-why-stale = Chưa có tin mới từ { $at } ({ $age }). Nội dung có thể đã cũ.
screen-why-limit = Không có tin mới từ { $at }. Chỉ hiện văn bản không ghi ngày kết thúc; tạm ẩn { $n } văn bản.
screen-why-unset = Đồng hồ chưa đặt đúng. Chỉ hiện văn bản không ghi ngày kết thúc; tạm ẩn { $n } văn bản.
screen-why-jumped = Đồng hồ vừa bị đổi. Chỉ hiện văn bản không ghi ngày kết thúc; tạm ẩn { $n } văn bản.
screen-no-time = Chưa rõ giờ

screen-fault-no-answer = Không có mạng, hoặc cổng thông tin không trả lời.
screen-fault-cut = Đường truyền bị ngắt giữa chừng.
screen-fault-bad-signature = Bản tin nhận được không đúng chữ ký nên không dùng.
screen-fault-unknown-key = Bản tin được ký bằng khóa lạ nên không dùng.
screen-fault-revoked-key = Bản tin được ký bằng khóa đã thu hồi nên không dùng.
screen-fault-wrong-unit = Bản tin nhận được là của đơn vị khác nên không dùng.
screen-fault-replayed = Bản tin nhận được cũ hơn bản đang giữ nên không dùng.
screen-fault-from-the-future = Bản tin nhận được ghi giờ ở phía trước nên chưa dùng.
screen-fault-not-understood = Nơi trả lời không phải cổng thông tin: mạng này có thể cần đăng nhập, hoặc máy này cần phiên bản mới của chương trình.
screen-fault-bad-digest = Bản tin nhận được bị sai lệch nên không dùng.
screen-fault-disk-full = Bộ nhớ của máy đã đầy.
screen-fault-no-files = Chưa tải được ảnh hoặc tệp kèm theo.
screen-fault-no-device = Chương trình của máy không trả lời.

screen-page = Trang{"\u00A0"}{ $n }/{ $of }
screen-text = Văn bản{"\u00A0"}{ $n }/{ $of }
screen-continued = tiếp theo
screen-phone = Đọc trên điện thoại
screen-phone-files = { $n }{"\u00A0"}tệp kèm theo. Quét mã để đọc trên điện thoại.
screen-number = Số
screen-issuer = Cơ quan
screen-posted = Niêm yết
screen-until = Đến
screen-here = Tại đây
screen-picture = Ảnh: { $text }
screen-picture-gone = Ảnh không còn ở đây
screen-urgent = Khẩn cấp
screen-drill = Diễn tập
screen-sample = Dữ liệu mẫu
screen-news = Tin mới
screen-others = Nội dung khác

screen-look-up = Tra cứu
screen-look-up-title = Đang niêm yết
screen-turning = Trở lại bảng tin
screen-list = Danh sách
screen-previous = Trang trước
screen-next = Trang sau
screen-pause = Dừng
screen-resume = Tiếp tục
screen-paused = Đang dừng
screen-large = Chữ to
screen-contrast = Tương phản
screen-controls = Điều khiển màn hình
screen-state = Tình trạng

screen-pairing = Mã ghép bảng
screen-pairing-text = Mở bàn biên tập, mục Bảng điện tử, và nhập mã này: từ đó cơ quan biết bảng này đang hiện gì.
