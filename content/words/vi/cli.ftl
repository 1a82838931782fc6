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
