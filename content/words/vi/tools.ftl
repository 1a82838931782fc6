# Reader's tools, and the question under every text.

tools-display = Hiển thị
tools-size = Cỡ chữ
tools-theme = Màu nền
tools-theme-system = Theo thiết bị
tools-theme-light = Sáng
tools-theme-dark = Tối
tools-contrast = Tương phản cao
tools-share = Chia sẻ
tools-copy = Sao chép liên kết
tools-copied = Đã sao chép liên kết
tools-mail = Gửi thư điện tử
tools-device = Chia sẻ…
tools-print = In trang
useful-question = Trang này có ích cho bạn không?
useful-yes = Có ích
useful-no = Chưa có ích
useful-thanks = Cảm ơn bạn đã góp ý
useful-kept = Góp ý của bạn đã được ghi nhận. Không yêu cầu tài khoản; chúng tôi không lưu ai đã gửi, gửi từ đâu và lúc nào.
useful-back-article = Trở lại bài
useful-back-page = Trở lại trang
