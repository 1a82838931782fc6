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
