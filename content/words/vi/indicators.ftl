# Bàn biên tập: danh mục chỉ tiêu của báo cáo số liệu.

desk-way-indicators = Chỉ tiêu số liệu
indicators-lead = Báo cáo số liệu chỉ dùng những chỉ tiêu có ở đây. Mỗi chỉ tiêu nói rõ đo cái gì, bằng gì, cộng được theo chiều nào, để hai báo cáo gọi cùng một tên là nói về cùng một thứ.
indicators-none = Danh mục chưa có gì
indicators-none-text = Bắt đầu từ đơn vị đo (đồng, hộ, %), rồi thêm chỉ tiêu đo bằng đơn vị ấy. Cách chia số liệu và phép kiểm tra thêm sau cũng được.

indicators-part-indicators = Chỉ tiêu
indicators-part-indicators-help = Đo cái gì: dư nợ, số hộ nghèo, sản lượng lúa.
indicators-part-measures = Đơn vị đo
indicators-part-measures-help = Chỉ tiêu được đo bằng gì: triệu đồng, hộ, tấn, %.
indicators-part-dimensions = Cách chia số liệu
indicators-part-dimensions-help = Một chỉ tiêu chia nhỏ theo gì: theo chương trình, theo giới tính, theo ngành.
indicators-part-identities = Phép kiểm tra
indicators-part-identities-help = Các số phải khớp với nhau ra sao. Báo cáo có số không khớp thì phải ghi lý do mới đăng được.

indicators-add-indicators = Thêm chỉ tiêu
indicators-add-measures = Thêm đơn vị đo
indicators-add-dimensions = Thêm cách chia
indicators-add-identities = Thêm phép kiểm tra
indicators-edit-indicators = Sửa chỉ tiêu
indicators-edit-measures = Sửa đơn vị đo
indicators-edit-dimensions = Sửa cách chia số liệu
indicators-edit-identities = Sửa phép kiểm tra
indicators-remove-indicators = Bỏ chỉ tiêu
indicators-remove-measures = Bỏ đơn vị đo
indicators-remove-dimensions = Bỏ cách chia
indicators-remove-identities = Bỏ phép kiểm tra
indicators-none-indicators = Chưa có chỉ tiêu nào.
indicators-none-measures = Chưa có đơn vị đo nào.
indicators-none-dimensions = Chưa có cách chia nào.
indicators-none-identities = Chưa có phép kiểm tra nào.
indicators-lacks-measures = Chưa có đơn vị đo nào để chọn. Hãy thêm đơn vị đo trước.
indicators-code-stays = Mã trong tệp số liệu, không đổi:
indicators-keep = Lưu vào danh mục
indicators-more = Thêm dòng
indicators-remove = Bỏ khỏi danh mục
indicators-remove-text = Chưa có số liệu nào và chưa mục nào dùng đến. Bỏ rồi thì không chọn được nữa; muốn dùng lại thì thêm lại.
indicators-back = Quay lại

# Mỗi mục là gì

indicators-shown = { $count ->
    [0] Chưa có số liệu nào đang công bố.
   *[other] { $count } số liệu đang công bố.
}
indicators-speakers = Dùng ở { $count } mục khác của danh mục.
indicators-members = { $count } phần
indicators-converts = 1 { $name } = { $factor } { $base }.
indicators-converts-not = Không quy đổi ra đơn vị đo khác.
indicators-counts-whole = Chỉ đếm số nguyên.
indicators-counted-in = Đo bằng { $measure }.
indicators-nature-stock = Số tại một ngày, như dư nợ, số hộ hiện có
indicators-nature-flow = Số phát sinh trong một khoảng thời gian, như cho vay trong tháng
indicators-nature-ratio = Tỷ lệ hoặc số bình quân
indicators-nature-stock-told = Số tại một ngày, không cộng các kỳ với nhau.
indicators-nature-flow-told = Số phát sinh trong một khoảng thời gian.
indicators-nature-ratio-told = Tỷ lệ hoặc số bình quân, không cộng được.
indicators-adds = Cộng được theo: { $axes }.
indicators-adds-not = Không cộng các phần lại với nhau.
indicators-axis-unit = địa bàn
indicators-axis-period = thời gian
indicators-opens = Là số đầu năm của “{ $name }”.
indicators-jump = Tăng hay giảm quá { $jump }% so với kỳ trước thì hỏi lại.
indicators-if-told = (nếu có nêu)
indicators-share-of = số của từng phần ÷ tổng số của { $name } × 100
indicators-tolerates = Cho phép lệch { $tolerance }%: { $reason }

# Các ô

indicators-group-name = Tên
indicators-group-what = Là số gì
indicators-group-checks = Hỏi lại khi số đáng ngờ
indicators-group-definition = Giải thích cho người đọc
indicators-group-converts = Quy đổi
indicators-group-members = Các phần
indicators-group-rule = Kiểm tra cái gì
indicators-group-sum = Nếu là tổng
indicators-group-ratio = Nếu là số này chia cho số kia
indicators-group-share = Nếu là tỷ trọng
indicators-group-growth = Nếu là mức tăng, giảm
indicators-group-tolerance = Được lệch bao nhiêu
indicators-field-name = Tên
indicators-field-name-en = Tên bằng tiếng Anh (có thể để trống)
indicators-field-also = Tên khác hay gặp trong bảng tính
indicators-help-also = Cách nhau bằng dấu phẩy, ví dụ: DSCV, Doanh số CV. Nạp bảng tính có tên nào ở đây thì máy nhận ra ngay.
indicators-field-measure = Đơn vị đo
indicators-field-nature = Loại số
indicators-help-nature = Có số liệu gửi duyệt rồi thì không đổi được nữa.
indicators-field-adds = Cộng được theo
indicators-help-adds = Đánh dấu chiều mà các phần cộng lại đúng bằng tổng: số các xã cộng thành số của tỉnh, số các tháng cộng thành số cả năm. Tỷ lệ thì không đánh dấu gì.
indicators-field-places = Số chữ số thập phân khi hiện
indicators-help-places = Từ 0 đến 8. Để trống thì hiện đúng như số được nạp.
indicators-field-jump = Tăng hay giảm quá bao nhiêu % thì hỏi lại
indicators-help-jump = So với kỳ trước, ví dụ 30. Để trống nếu không cần.
indicators-field-opens = Là số đầu năm của
indicators-help-opens = Máy đối chiếu số đầu năm với số cuối năm trước của chỉ tiêu được chọn.
indicators-opens-none = không phải số đầu năm
indicators-field-definition = Định nghĩa
indicators-help-definition = Tính những gì, không tính những gì. Người đọc thấy dòng này.
indicators-field-source = Theo văn bản nào
indicators-field-of = Quy đổi ra
indicators-help-of = Chỉ chọn khi đổi được đúng đến từng số, như triệu đồng ra đồng.
indicators-of-none = không quy đổi
indicators-field-factor = Hệ số quy đổi
indicators-help-factor = Một đơn vị này bằng bao nhiêu đơn vị được chọn ở trên: 1 triệu đồng bằng 1000000 đồng thì ghi 1000000.
indicators-field-is-whole = Chỉ đếm số nguyên
indicators-help-is-whole = Như hộ, người: không có nửa hộ.
indicators-members-help = Mỗi phần một dòng. Muốn bỏ một phần thì xóa hết chữ ở dòng ấy.
indicators-member = Phần { $number }
indicators-member-name = Tên phần
indicators-member-name-en = Tên phần bằng tiếng Anh
indicators-member-also = Tên khác của phần này, cách nhau bằng dấu phẩy
indicators-field-code = Mã ngắn
indicators-help-code = Đặt một tên ngắn, ví dụ: can-doi-du-no. Lý do giữ nguyên số không khớp gọi phép kiểm tra bằng mã này; lưu rồi thì không đổi.
indicators-field-result = Số được kiểm tra
indicators-field-rule = Phải bằng
indicators-help-rule = Chọn một cách tính rồi chỉ điền nhóm ô của cách ấy ở dưới.
indicators-rule-sum = tổng, hiệu của các số khác
indicators-rule-ratio = một số chia cho một số
indicators-rule-share = tỷ trọng của từng phần trong tổng
indicators-rule-growth = mức tăng, giảm so với số gốc (%)
indicators-rule-lacks = Cách tính này còn thiếu số: hãy chọn đủ các số ở nhóm ô của nó.
indicators-terms-help = Mỗi dòng một số, cộng hoặc trừ. Dòng để trống thì không tính.
indicators-term = Số { $number }
indicators-term-sign = Dấu của số { $number }
indicators-sign-plus = cộng
indicators-sign-minus = trừ
indicators-sign-minus_if_told = trừ, nếu báo cáo có nêu
indicators-field-part = Số bị chia
indicators-field-whole = Số chia
indicators-field-share = Tỷ trọng trong
indicators-field-now = Số nay
indicators-field-base = Số gốc để so
indicators-field-tolerance = Cho phép lệch bao nhiêu %
indicators-help-tolerance = Ví dụ 0,1. Để trống thì phải khớp, trừ phần lệch do làm tròn.
indicators-field-reason = Vì sao được lệch
indicators-help-reason = Bắt buộc khi cho phép lệch; người đọc thấy dòng này.

# Chưa được

indicators-no-letters = Tên phải có chữ cái hoặc chữ số: mã trong tệp số liệu được tạo từ tên.
indicators-unclear-number = Chưa rõ “{ $text }” là số nào. Xin viết liền, phần thập phân sau dấu phẩy: 1000 hoặc 0,5.
indicators-unclear-places = Xin ghi một số từ 0 đến { $most }.
indicators-idle-factor = Hãy chọn quy đổi ra đơn vị đo nào, hoặc để trống ô này.
indicators-taken = Đã có mục mang mã “{ $code }”. Hãy đặt tên khác, hoặc sửa mục ấy.
indicators-elsewhere = Mục “{ $name }” sẽ không còn đúng: { $text }
indicators-too-many-members = Cách chia này có { $count } phần, nhiều hơn số dòng của một trang. Hãy sửa trong tệp indicators.toml rồi nạp lại.
indicators-spoken-of = “{ $name }” đang được dùng ở: { $by }. Hãy sửa các mục ấy trước.
indicators-in-use = Chỉ tiêu “{ $name }” đã có { $count } số liệu, kể cả ở bản nháp và bản cũ, nên không bỏ được.
indicators-measure-in-use = Đơn vị đo “{ $name }” đã có { $count } số liệu, kể cả ở bản nháp và bản cũ, nên không bỏ được.
indicators-dimension-in-use = Đã có { $count } số liệu chia theo “{ $name }”, kể cả ở bản nháp và bản cũ, nên không bỏ được.
indicators-member-in-use = Đã có { $count } số liệu của phần “{ $name }” ({ $dimension }), kể cả ở bản nháp và bản cũ, nên không bỏ được.
indicators-fixed = Chỉ tiêu “{ $name }” đã có { $count } số liệu: đổi đơn vị đo hay loại số thì số đã công bố sẽ nói khác đi. Hãy thêm một chỉ tiêu mới.
indicators-measure-fixed = Đã có { $count } số liệu đo bằng “{ $name }”: đổi cách quy đổi hay cách đếm thì số đã công bố sẽ nói khác đi. Hãy thêm một đơn vị đo mới.

# Nhật ký

indicators-what-indicator = Chỉ tiêu “{ $name }”
indicators-what-measure = Đơn vị đo “{ $name }”
indicators-what-dimension = Cách chia “{ $name }”
indicators-what-identity = Phép kiểm tra “{ $name }”
indicators-what-removed = Bỏ: { $what }

# Ở trang nạp số liệu

intake-lacks = Chỉ tiêu nào chưa có trong danh mục để chọn?
intake-who-adds = Quản trị viên của cả cổng thêm được ở mục Chỉ tiêu số liệu.
