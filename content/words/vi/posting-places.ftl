# Nơi niêm yết: danh sách của một đơn vị, thẻ của một nơi.

desk-way-places = Nơi niêm yết
desk-done-place-added = Đã thêm nơi niêm yết. Hãy in thẻ và đặt ở nơi đó.
desk-done-place-code = Đã đổi mã. Mã cũ không còn dùng được; hãy in lại thẻ.

place-kind-seat = Bảng ở trụ sở
place-kind-villages = Nhà văn hóa, điểm sinh hoạt thôn, tổ dân phố
place-kind-points = Điểm giao dịch
place-kind-portal = Cổng thông tin
place-kind-loudspeaker = Loa truyền thanh
place-kind-meetings = Cuộc họp thôn, tổ dân phố
place-kind-screens = Màn hình công cộng
place-kind-other = Nơi khác

places-title = Nơi niêm yết
places-lead = Mỗi nơi có một mã. Người trông nơi đó quét mã QR trên tờ niêm yết, nhập mã của nơi và xác nhận đã treo, đã gỡ bằng điện thoại, không cần tài khoản.
places-open = Đang dùng
places-closed = Đã thôi dùng
places-closed-on = thôi dùng từ sau { $day }
places-none = Chưa có nơi niêm yết nào
places-none-text = Thêm bảng ở trụ sở trước, rồi đến nhà văn hóa các thôn và điểm giao dịch. Mỗi nơi một dòng; thêm dần cũng được.
places-add = Thêm nơi niêm yết
places-change = Sửa thông tin
places-keep = Lưu
places-back = Về nơi niêm yết
places-kept-by = Người trông:
places-code = Mã của nơi niêm yết
places-code-help = Ai có mã này xác nhận được việc treo, gỡ ở đây. Chỉ đưa cho người trông nơi niêm yết.
places-renew = Đổi mã
places-renew-help = Đổi khi mã bị lộ hoặc thay người trông. Mã cũ hết hiệu lực ngay.
places-card = Thẻ để in
places-card-of = Thẻ để in: { $name }
places-card-help = In trang này (Ctrl+P), giao cho người trông nơi niêm yết.
places-card-qr = Mã QR để điện thoại nhớ mã của nơi niêm yết
places-card-1 = Quét mã QR này một lần để điện thoại nhớ mã của nơi niêm yết.
places-card-2 = Khi treo hoặc gỡ một tờ niêm yết, quét mã QR in trên tờ đó.
places-card-3 = Chọn “Đã treo” hoặc “Đã gỡ”, rồi bấm “Xác nhận”.
places-name = Tên
places-name-help = Như người dân quen gọi, ví dụ “Nhà văn hóa thôn 2”.
places-kind = Loại
places-location = Ở đâu
places-keeper = Người trông
places-keeper-help = Chỉ hiện ở bàn biên tập.
places-phone = Điện thoại
places-opened = Dùng từ ngày
places-last = Ngày cuối cùng còn dùng
places-last-help = Để trống nếu vẫn còn dùng.

places-no-name = Hãy ghi tên nơi niêm yết.
places-too-long = Dài quá: tối đa { $most } ký tự, trên một dòng.
places-bad-phone = Số điện thoại chỉ gồm chữ số, dấu cách và các dấu + - . ( ), tối đa 30 ký tự.
places-closed-before = Ngày cuối cùng phải sau hoặc trùng ngày bắt đầu dùng.
places-too-many = Một đơn vị có tối đa { $most } nơi niêm yết.
places-twice = nơi “{ $slug }” của đơn vị này có hai dòng
places-file-head = dòng đầu phải đúng là: { $columns }
places-file-row = mỗi dòng phải có { $count } ô
places-bad-day = “{ $day }” không phải là ngày; viết như 2026-11-06
places-no-unit = không có đơn vị nào có địa chỉ “{ $unit }” trong units.csv (cột label)

placements-bad-code = Mã này không đúng hoặc không còn dùng. Hãy xem lại trên thẻ của nơi niêm yết.
placements-in-future = Thời điểm này chưa đến.
placements-place-shut = Nơi này không dùng để niêm yết vào ngày { $day }.
placements-too-many = Một tờ niêm yết ở một nơi chỉ ghi được { $most } lần.
placements-no-reason = Hãy ghi vì sao dòng này sai.
placements-struck-already = Dòng này đã được đính chính.

log-act-hung = Treo
log-act-taken-down = Gỡ xuống
log-act-interrupted = Bị rách, mất
log-act-resumed = Treo lại
log-act-struck = Đính chính việc treo, gỡ
log-act-place-added = Thêm nơi niêm yết
log-act-place-changed = Sửa nơi niêm yết
log-act-place-closed = Thôi dùng nơi niêm yết
log-act-place-code-renewed = Đổi mã nơi niêm yết
log-fact-place = Nơi niêm yết
log-actor-board = Người ở nơi niêm yết

verify-changed-placement = Dòng { $id } về treo, gỡ không còn như nhật ký đã ghi.
verify-lost-placement = Thiếu { $count } dòng về treo, gỡ mà nhật ký có ghi.
