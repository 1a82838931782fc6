# When something is not there, is over, or broke. Every message says what to do next.

error-status = Mã { $status }
error-date = Ngày
error-reason = Lý do
error-replacement = Xem bài thay thế
error-way-home = Trang chủ
error-ways = Bạn có thể đi tiếp từ đây
error-sections = Hoặc tìm theo chuyên mục
error-request = Khi báo cho chúng tôi, xin kèm mã yêu cầu này:

http-missing-title = Không tìm thấy trang này
http-missing-text = Địa chỉ có thể gõ nhầm, hoặc trang đã chuyển đi nơi khác. Xin kiểm tra lại địa chỉ, hoặc chọn một lối đi bên dưới.
http-gone-title = Bài này đã được rút
http-gone-text = Cơ quan đăng đã rút bài này nên nội dung không còn ở đây.
http-ended-title = Bài này đã hết thời hạn đăng
http-ended-text = Thời hạn đăng đã hết nên nội dung không còn hiện ở đây.
http-forbidden-title = Bạn không có quyền xem trang này
http-forbidden-text = Nếu bạn cần nội dung này, xin liên hệ cơ quan chủ quản.
http-method-title = Trang này không nhận cách gửi đó
http-method-text = Xin mở trang theo cách thông thường, từ một đường dẫn.
http-large-title = Yêu cầu quá lớn
http-large-text = Nội dung gửi lên vượt quá giới hạn. Xin gửi ít hơn.
http-broken-title = Xin lỗi, trang đang gặp trục trặc
http-broken-text = Lỗi này là của chúng tôi, không phải của bạn. Xin thử lại sau ít phút.
http-conflict-title = Việc này không còn làm được nữa
http-conflict-text = Nội dung đã thay đổi trong lúc bạn đang xem. Xin tải lại trang rồi thử lại.
http-issues-title = Có chỗ cần sửa
http-issues-text = Một phần nội dung gửi lên chưa đúng. Xin xem lại từng chỗ rồi gửi lần nữa.
http-invalid-title = Yêu cầu không hợp lệ
http-invalid-text = Máy chủ không hiểu yêu cầu này. Xin mở lại từ trang chủ.
http-trouble-title = Trang tạm thời chưa phục vụ được
http-trouble-text = Máy chủ đang bận hoặc đang được sửa. Xin đợi một phút rồi tải lại trang.
