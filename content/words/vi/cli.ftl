# The command line.

cli-about = Bảng Tin: cổng thông tin công khai của xã, phường và cơ quan.
    Không nêu lệnh nào thì chương trình mở cổng cho người đọc.
cli-serve = Mở cổng cho người đọc. Lần đầu chạy sẽ tạo cơ sở dữ liệu, làm ảnh và nạp thư mục content/
cli-import = Nạp bài, trang, ảnh và danh mục đơn vị từ một thư mục. Có một chỗ sai thì báo mọi chỗ sai và không đổi gì
cli-export = Ghi mọi nội dung ra một thư mục mới, đúng dạng mà lệnh import đọc
cli-verify = Tính lại toàn bộ nhật ký, đối chiếu từng bài và từng tệp; nêu dòng đầu tiên bị sửa
cli-feedback = Cho biết bài, trang nào người đọc thấy có ích hay chưa; bài nhiều người thấy chưa có ích đứng trước
cli-config = In các thiết lập đang dùng và nơi đặt chúng; mật khẩu được che
cli-folder = Thư mục
cli-settings = Thiết lập nằm trong bangtin.toml hoặc trong biến môi trường (biến môi trường được ưu tiên):
      BANGTIN_LISTEN       địa chỉ và cổng để nghe, nhiều địa chỉ cách nhau bằng dấu phẩy (127.0.0.1:8080)
      BANGTIN_VAR          thư mục giữ dữ liệu và ảnh (var)
      BANGTIN_CONTENT      thư mục nội dung ban đầu (content)
      DATABASE_URL         postgres://… nếu dùng PostgreSQL thay cho SQLite
      BANGTIN_PROXIES      mạng của máy chủ trung gian được tin (ví dụ 10.0.0.0/8)
      BANGTIN_WEBHOOKS_PRIVATE  true để báo được tới máy trong mạng nội bộ, và bằng http (false)
      BANGTIN_LOG          dạng nhật ký máy chủ: text hoặc json (text)
      BANGTIN_LOG_LEVEL    mức nhật ký máy chủ (warn,bangtin=info)
      BANGTIN_DEVELOPMENT  true khi đang phát triển: mở thêm trang /he-thong-giao-dien (false)
      BANGTIN_LANG         ngôn ngữ dòng lệnh: vi hoặc en (vi)
      BANGTIN_CONFIG       tệp thiết lập khác thay cho bangtin.toml
cli-first-start = Lần đầu chạy: đang nạp nội dung từ { $path }.
cli-no-content = Không thấy thư mục nội dung { $path }: cổng mở ra còn trống. Đặt BANGTIN_CONTENT, hoặc nạp bằng “bangtin import”.
cli-ready = Bảng Tin đã sẵn sàng. Mở trình duyệt tại { $address }
cli-stopped = Bảng Tin đã dừng; mọi số đếm đã được ghi.
cli-issues = Có { $count } chỗ cần sửa. Chưa có gì thay đổi.
cli-broken = Chương trình gặp lỗi: { $reason }

config-unknown-variable = Biến môi trường { $name } không có trong danh sách thiết lập. Chạy “bangtin --help” để xem tên đúng.
config-unknown-key = { $file }: không có thiết lập nào tên “{ $name }”. Chạy “bangtin --help” để xem tên đúng.
config-bad-file = { $file }: không đọc được ({ $reason }).
config-bad-value = Thiết lập “{ $name }” không nhận giá trị “{ $value }”.

cli-feedback-address = Địa chỉ
cli-feedback-title = Tên
cli-feedback-none = Chưa có góp ý nào.

cli-usage = Cách dùng
cli-verbs = Lệnh
cli-options = Tùy chọn
cli-arguments = Tham số
cli-help = In phần hướng dẫn này
cli-version = In số phiên bản

cli-person = Thêm người, đặt lại, khóa hoặc mở tài khoản; in danh sách
cli-person-add = Thêm một người và in đường dẫn một lần để người đó tự đặt mật khẩu
cli-person-reset = Bỏ mật khẩu, xác thực hai bước và mọi phiên đăng nhập cũ; in đường dẫn một lần mới
cli-person-disable = Khóa tài khoản ngay
cli-person-enable = Mở khóa tài khoản
cli-person-list = In mọi tài khoản và vai trò
cli-login = Tên đăng nhập
cli-name = Họ và tên
cli-role = Vai trò, ví dụ editor hoặc editor@99017 (mã đơn vị); ghi được nhiều lần. Các vai trò: { $roles }
cli-person-link = Đường dẫn một lần cho { $login }, dùng được trong { $hours } giờ: { $address }
cli-person-disabled = Đã khóa tài khoản { $login }; mọi phiên đăng nhập đã kết thúc.
cli-person-enabled = Đã mở khóa tài khoản { $login }.
cli-person-none = Chưa có tài khoản nào. Chạy “bangtin serve” để lấy đường dẫn tạo quản trị viên đầu tiên.
cli-person-state-link = chưa đặt mật khẩu
cli-person-state-disabled = đã khóa
cli-person-state-second = hai bước
cli-person-unknown = Không có tài khoản nào tên “{ $login }”. Chạy “bangtin person list” để xem tên đúng.
cli-person-bad-role = Không có vai trò “{ $role }”. Các vai trò: { $roles }
cli-person-bad-unit = Hôm nay không có đơn vị nào mang mã “{ $code }”. Xem lại danh mục đơn vị.
cli-first-person = Chưa có ai làm việc ở đây. Mở đường dẫn này trong { $hours } giờ để tạo người đầu tiên; người đó là quản trị viên, biên tập viên, người duyệt và người đăng của toàn cổng: { $address }
