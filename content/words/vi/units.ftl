# The way to every unit.

units-title = Xã, phường
units-lead = Chọn nơi bạn ở để xem tin của nơi đó.
units-choose = Chọn xã, phường
units-letters = theo chữ cái
units-others = Tỉnh, thành phố khác
units-by-province = Chọn tỉnh, thành phố trước, rồi chọn xã, phường.
units-all = Mọi xã, phường
units-none = Chưa có danh sách đơn vị hành chính.
units-former = Tỉnh, thành phố cũ
