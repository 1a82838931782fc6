# What stands in the way from outside: a disk, a database, a port. Each says what to do.

trouble-disk-full = Ổ đĩa đã đầy, không ghi được { $path }. Dọn bớt chỗ trống rồi chạy lại; dữ liệu cũ còn nguyên.
trouble-read-only = Không có quyền ghi hoặc đọc { $path }. Xem lại quyền của thư mục này cho tài khoản chạy chương trình.
trouble-no-such-file = Không thấy { $path }. Xem lại đường dẫn.
trouble-database-url = DATABASE_URL phải bắt đầu bằng postgres://. Muốn dùng SQLite thì bỏ hẳn thiết lập này.
trouble-database-full = Ổ đĩa đã đầy nên cơ sở dữ liệu không ghi được. Dọn bớt chỗ trống rồi chạy lại; dữ liệu cũ còn nguyên.{ $path ->
    [none] {""}
   *[other] {" "}({ $path })
}
trouble-database-busy = Một chương trình khác đang giữ cơ sở dữ liệu. Đóng chương trình đó rồi chạy lại; chưa có gì thay đổi.{ $path ->
    [none] {""}
   *[other] {" "}({ $path })
}
trouble-database-read-only = Không mở được cơ sở dữ liệu để ghi. Xem lại quyền ghi của thư mục chứa dữ liệu (BANGTIN_VAR).{ $path ->
    [none] {""}
   *[other] {" "}({ $path })
}
trouble-database-damaged = Tệp cơ sở dữ liệu bị hỏng hoặc không phải của Bảng Tin. Giữ nguyên tệp này và khôi phục từ bản sao lưu.{ $path ->
    [none] {""}
   *[other] {" "}({ $path })
}
trouble-database-newer = Cơ sở dữ liệu do một bản Bảng Tin mới hơn tạo ra (bước { $version }). Hãy dùng bản mới hơn; dữ liệu chưa bị đụng tới.
trouble-database-unreachable = Không kết nối được PostgreSQL: { $reason }
trouble-words = Không đọc được lời giao diện trong thư mục nội dung: { $reason }
trouble-no-data = Không có dữ liệu Bảng Tin ở { $path }. Vào đúng thư mục rồi chạy lại, hoặc đặt BANGTIN_VAR.
trouble-port-in-use = Địa chỉ { $address } đang được chương trình khác dùng. Tắt chương trình đó, hoặc đặt BANGTIN_LISTEN sang cổng khác.
trouble-port-forbidden = Không có quyền nghe tại { $address }. Dùng cổng từ 1024 trở lên, hoặc chạy bằng tài khoản có quyền.
trouble-port = Không nghe được tại { $address }: { $reason }
trouble-cards-busy = Nhiều thẻ chia sẻ đang được vẽ cùng lúc. Thử lại sau ít giây.

verify-last = Dòng cuối { $rows }: { $digest }. Ghi lại mã này để lần sau biết không dòng nào bị cắt bỏ.
verify-whole = Nhật ký nguyên vẹn: { $rows } dòng. Đã đối chiếu { $editions } bản, { $files } tệp và { $people } tài khoản, không có gì sai khác.
verify-lacking = Có { $count } ảnh còn thiếu bản hiển thị; cổng đang chạy sẽ tự làm.
verify-broken-row = Nhật ký bị sửa: dòng đầu tiên sai là dòng { $position }.
verify-changed-text = Nội dung bị sửa ngoài chương trình: { $subject }.
verify-changed-edition = Bản { $subject } không còn như nhật ký ghi: thời gian, đơn vị, chuyên mục hoặc trạng thái đã bị sửa ngoài chương trình.
verify-lost-edition = Nhật ký có ghi bản { $subject } nhưng trong cơ sở dữ liệu không còn.
verify-changed-step = Dòng lịch sử { $step } của bản { $subject } không còn như nhật ký ghi.
verify-lost-step = Nhật ký dòng { $position } có ghi một bước xử lý nhưng trong lịch sử của bài không còn.
verify-changed-address = Địa chỉ cũ “{ $address }” không còn như nhật ký ghi.
verify-changed-list = { $name } trong cơ sở dữ liệu không còn như nhật ký ghi.
verify-changed-person = Tài khoản { $login } không còn như nhật ký ghi: vai trò, mật khẩu hoặc trạng thái đã bị sửa ngoài chương trình.
verify-lost-person = Nhật ký có ghi tài khoản { $login } nhưng trong cơ sở dữ liệu không còn.
verify-changed-terms = Thời hạn hiển thị bị sửa ngoài chương trình: { $subject }.
verify-changed-file = Tệp bị mất hoặc bị sửa: { $digest }.

edition-wrong-state = { $state ->
    [draft] Bản này đang là bản nháp nên không làm được việc này.
    [submitted] Bản này đang chờ duyệt nên không làm được việc này.
    [approved] Bản này đã được duyệt, chưa đăng, nên không làm được việc này.
    [published] Bản này đã được đăng nên không làm được việc này.
    [superseded] Bản này đã được bản mới thay nên không làm được việc này.
    [withdrawn] Bản này đã được gỡ nên không làm được việc này.
   *[discarded] Bản này đang ở trong thùng rác nên không làm được việc này.
}
