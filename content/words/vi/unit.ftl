# A unit's page: its place in the tree, what it was and what it became.

unit-former = Đơn vị này không còn nữa.
unit-abolished-on = Kết thúc hoạt động từ ngày { $date }.
unit-below = Muốn biết một nơi nay thuộc đâu, xin chọn tên cũ của nơi đó trong danh sách bên dưới.
unit-ancestors = Thuộc
unit-code = Mã đơn vị
unit-span-label = Thời gian
unit-span-from = từ ngày { $from }
unit-span-until = đến hết ngày { $until }
unit-span = từ ngày { $from } đến hết ngày { $until }
unit-history = Trước đây và bây giờ
unit-before = Trước đây
unit-after = Sau đó
unit-until-date = Trước ngày { $date }
unit-from-date = Từ ngày { $date }
unit-now = Hiện nay
unit-this = Đơn vị bạn đang xem
unit-this-former = Trước khi sắp xếp
unit-made-from = Nơi đây là:
unit-became = Nơi đây nay thuộc:
unit-extent-whole = toàn bộ
unit-extent-part = một phần
unit-takes-whole = nhận toàn bộ
unit-takes-part = nhận một phần
unit-children = Các đơn vị trực thuộc
unit-children-former = Các đơn vị trực thuộc khi còn hoạt động
unit-news = Tin của đơn vị

# The rank alone, and with a name as it stands in a sentence.
unit-rank-tinh = Tỉnh
unit-rank-thanh-pho = Thành phố
unit-rank-quan = Quận
unit-rank-huyen = Huyện
unit-rank-thi-xa = Thị xã
unit-rank-thi-tran = Thị trấn
unit-rank-phuong = Phường
unit-rank-xa = Xã
unit-rank-dac-khu = Đặc khu
unit-named-tinh = tỉnh { $name }
unit-named-thanh-pho = thành phố { $name }
unit-named-quan = quận { $name }
unit-named-huyen = huyện { $name }
unit-named-thi-xa = thị xã { $name }
unit-named-thi-tran = thị trấn { $name }
unit-named-phuong = phường { $name }
unit-named-xa = xã { $name }
unit-named-dac-khu = đặc khu { $name }
