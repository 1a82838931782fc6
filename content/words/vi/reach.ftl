# Niêm yết gửi tới đâu: nhóm đơn vị, văn bản gửi về một đơn vị, bảng tin của đơn vị.

desk-way-groups = Nhóm đơn vị
groups-lead = Văn bản niêm yết có thể gửi tới một nhóm đơn vị. Ai vào nhóm thì bảng tin của nơi ấy có văn bản, ai ra khỏi nhóm thì thôi.
groups-told = { $count } đơn vị
groups-address = Mã ghi ở mục “Gửi tới”:
groups-new = Thêm nhóm đơn vị
groups-edit = Sửa nhóm đơn vị
groups-none = Chưa có nhóm đơn vị nào
groups-none-text = Thêm từng nhóm ở đây, hoặc nạp tệp unit-groups.toml.
groups-name = Tên nhóm
groups-name-en = Tên bằng tiếng Anh (có thể để trống)
groups-units = Các đơn vị trong nhóm
groups-units-help = Mỗi dòng một mã đơn vị; sau mã có thể ghi tên cho dễ đọc. Ví dụ: 99001 Xã Đông Kiều
groups-keep = Lưu nhóm
groups-remove = Bỏ nhóm
groups-remove-help = Chỉ bỏ được khi không còn văn bản nào gửi tới nhóm này.
groups-what-removed = Bỏ nhóm { $name }
groups-too-many = Nhiều nhất { $most } nhóm đơn vị.
groups-too-many-units = Một nhóm có nhiều nhất { $most } đơn vị.
groups-twice = Đã có nhóm mang mã “{ $slug }”. Hãy đặt tên khác.
groups-empty = Nhóm phải có ít nhất một đơn vị.
groups-unit-twice = Đơn vị { $code } ghi hai lần.
groups-unknown-unit = Không có đơn vị nào mang mã “{ $code }”. Xem mã ở danh sách đơn vị.
groups-in-use = Nhóm “{ $slug }” đang có văn bản gửi tới nên chưa bỏ được. Hãy chờ văn bản ấy hết thời hạn, hoặc sửa nơi nhận của nó.
posting-unknown-group = Không có nhóm đơn vị “{ $group }”. Các nhóm hiện có: { $known }.

verify-changed-adoption = Ghi nhận của đơn vị { $unit } về văn bản “{ $posting }” không còn như nhật ký đã ghi.
verify-lost-adoption = Mất ghi nhận của một đơn vị về văn bản gửi về, ở dòng nhật ký số { $position }.

adopt-line-too-long = Dòng riêng dài nhất { $most } ký tự.
adopt-bad-reason = Hãy ghi lý do, từ { $least } đến { $most } ký tự. Nơi gửi sẽ đọc lý do này.
adopt-out-already = Đơn vị đã thôi niêm yết văn bản này rồi.
adopt-in-already = Đơn vị vẫn đang niêm yết văn bản này.
adopt-idle-text = Khi niêm yết lại thì không ghi gì thêm.
adopt-bad-name = Phải ghi người làm, không dài quá { $most } ký tự.
adopt-bad-moment = Ngày hoặc lúc chưa đúng. Lúc ghi như 2026-11-21T08:00:00+07:00, không ở tương lai.

board-title = Bảng tin { $unit }
board-lead = Những gì đang niêm yết tại { $unit }: văn bản của { $unit } và văn bản gửi về.
board-unit = Trang của đơn vị
board-urgent = Khẩn cấp
board-others = Nội dung khác
board-all = Đang niêm yết
board-told = Đang niêm yết { $count } văn bản.
board-told-both = Đang niêm yết { $count } văn bản, trong đó { $others } văn bản từ nơi khác gửi về.
board-more = Trang này nêu { $most } văn bản, khẩn và mới nhất trước. Bảng còn nhiều hơn.
board-nothing = Hiện không có văn bản nào đang niêm yết tại đây.
board-number = Số
board-since = Niêm yết
board-until = Đến
board-line = Tại đây:
board-former = Đơn vị { $unit } đã kết thúc hoạt động.
board-choose = Chọn bảng tin nơi bạn ở nay
board-history = Xem đơn vị cũ đã thành những nơi nào
board-of-unit = Bảng tin của đơn vị

reach-former = của { $from }, nay thuộc { $unit }
reach-named = của { $from }, gửi { $unit }
reach-group = của { $from }, gửi nhóm { $group }
reach-below = của { $from }, gửi mọi xã, phường
reach-everywhere = của { $from }, gửi mọi đơn vị
reach-all-of = mọi xã, phường của { $unit }
reach-all = mọi đơn vị
reach-of-group = nhóm { $group }
reach-more-units = { $count } đơn vị khác
reach-out = { $count } nơi không niêm yết
