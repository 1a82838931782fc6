# Một máy đứng ở bảng tin của xã: bản sao của bản tin, và màn hình.

board-folder-taken = Thư mục { $path } đang có một bảng khác dùng. Mỗi bảng cần một thư mục riêng: thêm --in THƯ_MỤC.
board-another = Thư mục này là của bảng theo { $portal }, đơn vị { $unit }. Hãy chọn thư mục khác (--in), hoặc xóa thư mục này nếu bảng ấy không còn.
board-not-loopback = Màn hình chỉ mở cho chính máy này, nên --listen phải là địa chỉ như 127.0.0.1:8181, không phải { $address }.
board-listen-failed = Không mở được { $address }: { $reason }
board-ready = Bảng của đơn vị { $unit }, theo { $portal }. Mở trình duyệt toàn màn hình tại { $address }
cli-board = Chạy một bảng tin: giữ bản sao bản tin của một đơn vị, có mạng hay không, và mở màn hình trên máy này
cli-board-from = Địa chỉ cổng, như https://tinh.example.vn
cli-board-unit = Mã đơn vị có bản tin cần treo
cli-board-in = Thư mục giữ bản sao; mặc định là board-MÃ trong thư mục dữ liệu
cli-board-listen = Địa chỉ của màn hình trên máy này; mặc định 127.0.0.1:8181
cli-board-key = Khóa của cổng, nhận tận tay; bắt buộc khi địa chỉ cổng không phải https
cli-board-install = Ghi các tệp systemd để bảng và màn hình tự chạy mỗi khi máy có điện
cli-board-user = Người dùng của máy này chạy bảng và màn hình; mặc định bảng chạy bằng tài khoản tạm của systemd, màn hình bằng người dùng bangtin
cli-board-browser = Trình duyệt; mặc định /usr/bin/chromium
cli-board-to = Thư mục để ghi; mặc định /etc/systemd/system
board-install-heading = Do lệnh trên ghi. Muốn đổi thì chạy lại lệnh ấy; dòng của riêng máy này thì để trong { $name }.d/
board-install-service = Bảng tin của đơn vị { $unit }
board-install-kiosk = Màn hình bảng tin của đơn vị { $unit }
board-install-written = Đã ghi { $path }
board-install-next = Còn lại, gõ lần lượt bằng quyền quản trị (root):
board-install-bad = Không ghi được vào tệp systemd: “{ $text }”. Mã đơn vị chỉ gồm chữ số; tên người dùng gồm chữ thường không dấu, chữ số, gạch nối; đường dẫn không có ký tự điều khiển.
board-install-needs-user = Có --in thì phải có --user: thư mục ấy cần một người dùng làm chủ. Bỏ --in thì bản sao nằm ở /var/lib/bangtin-board.
board-install-not-ours = { $path } không phải do lệnh này ghi, nên được để nguyên và chưa có gì thay đổi. Hãy chuyển tệp ấy đi nơi khác, hoặc ghi vào thư mục khác bằng --to.
