# Reader's tools, and the question under every text.

tools-display = Hiển thị
tools-size = Cỡ chữ
tools-theme = Màu nền
tools-theme-system = Theo máy
tools-theme-light = Sáng
tools-theme-dark = Tối
tools-contrast = Chữ rõ hơn
tools-share = Chia sẻ
tools-copy = Chép địa chỉ
tools-copied = Đã chép địa chỉ
tools-mail = Gửi thư
tools-device = Chia sẻ…
tools-print = In trang
useful-question = Trang này có ích cho bạn không?
useful-yes = Có ích
useful-no = Chưa có ích
useful-thanks = Cảm ơn bạn đã góp ý
useful-kept = Góp ý của bạn chỉ cộng thêm một vào con số của trang. Chúng tôi không ghi ai đã gửi, từ đâu và lúc nào.
useful-back = Trở lại trang
