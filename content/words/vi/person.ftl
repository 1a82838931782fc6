# People: accounts, roles, passwords.

role-author = Người viết
role-editor = Biên tập viên
role-reviewer = Người duyệt
role-publisher = Người phát hành
role-urgent-publisher = Người phát hành khẩn
role-board-keeper = Người giữ bảng tin
role-statistician = Người làm số liệu
role-keeper = Quản trị viên

verb-look = Xem bài ở mọi trạng thái
verb-write = Viết và gửi duyệt bài của mình
verb-edit = Sửa bài của người khác
verb-review = Duyệt hoặc trả lại bài
verb-publish = Phát hành bài đã duyệt
verb-urge = Phát hành khẩn, duyệt sau
verb-confirm = Xác nhận bài phát hành khẩn
verb-withdraw = Rút bài
verb-keep-people = Quản lý tài khoản và vai trò
verb-keep-site = Sửa thông tin chung của cổng
verb-read-log = Xem nhật ký

person-busy = Nhiều người đang đăng nhập cùng lúc. Xin thử lại sau ít giây.
person-bad-login = Tên đăng nhập dài từ 2 đến 40 ký tự, chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối; bắt đầu và kết thúc bằng chữ hoặc số. Ví dụ: tham.tran
person-login-taken = Tên đăng nhập “{ $login }” đã có người dùng, kể cả người đã nghỉ. Xin chọn tên khác.
person-no-name = Xin nhập họ và tên.
person-bad-name = Họ và tên dài tối đa { $most } ký tự, viết trên một dòng.
person-many-roles = Một người giữ tối đa { $most } vai trò. Hãy bỏ bớt vai trò cũ, hoặc giao vai trò ở đơn vị cấp trên.
person-is-disabled = Tài khoản này đang khóa. Hãy mở khóa trước.
person-not-oneself = Bạn không thể tự làm việc này với tài khoản của mình. Hãy nhờ một quản trị viên khác.
person-last-keeper = Đây là quản trị viên cuối cùng của toàn cổng. Hãy giao vai trò này cho một người khác trước.
person-bad-secret = Mã thiết lập không đúng. Xin mở lại trang này để lấy mã mới.
person-wrong-code = Mã chưa đúng hoặc đã dùng rồi. Xin nhập mã đang hiện trên điện thoại; nếu vẫn không được, hãy chỉnh giờ của điện thoại về tự động.
person-has-second-factor = Tài khoản này đã bật xác thực hai bước.
person-second-factor-needed = Vai trò của bạn bắt buộc xác thực hai bước nên không tắt được.
person-wait = Đã sai nhiều lần nên phải chờ. Xin thử lại sau { $minutes } phút.
password-short = Mật khẩu cần ít nhất { $least } ký tự. Nên dùng một câu ngắn dễ nhớ, có cả dấu cách và dấu tiếng Việt.
password-long = Mật khẩu dài tối đa { $most } ký tự. Xin rút ngắn lại.
password-common = Mật khẩu này nhiều người dùng nên rất dễ đoán. Xin chọn một câu của riêng bạn.
password-named = Mật khẩu không nên chứa tên đăng nhập, họ tên, tên cổng hoặc tên đơn vị. Xin bỏ phần đó đi.
password-monotonous = Mật khẩu lặp lại hoặc đi theo thứ tự nên dễ đoán. Xin chọn một câu của riêng bạn.
password-guessable = Mật khẩu này còn dễ đoán. Hãy thêm vài từ không liên quan với nhau.
password-old-wrong = Mật khẩu hiện tại chưa đúng. Xin nhập lại.
token-bad-name = Xin đặt tên cho mã truy cập, tối đa { $most } ký tự, để sau này biết nó dùng cho chương trình nào.
token-no-scope = Xin chọn ít nhất một việc mà mã này được làm.
token-bad-days = Thời hạn từ 1 đến { $most } ngày.
token-many = Bạn đã có { $most } mã truy cập. Hãy thu hồi mã không dùng nữa trước.
