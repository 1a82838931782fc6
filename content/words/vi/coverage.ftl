# Độ phủ: đã treo ở đâu, còn thiếu ở đâu.

desk-way-coverage = Độ phủ niêm yết
desk-way-plans = Kế hoạch công khai
desk-done-plan-kept = Đã lưu và công khai kế hoạch.
log-act-plan-kept = Lập hoặc sửa kế hoạch công khai
verify-changed-plan = Kế hoạch công khai { $unit } năm { $year } (bản { $number }) không còn như nhật ký đã ghi.
verify-lost-plan = Kế hoạch công khai ghi ở dòng { $position } của nhật ký không còn trong kho.
coverage-title = Độ phủ
coverage-lead = Mỗi văn bản đang niêm yết đã treo ở bao nhiêu nơi, còn nơi nào cần đến.
coverage-number = Đã treo đến đâu
coverage-share = Phần trăm số nơi đang treo đúng bản
coverage-told = { $current } trên { $places } nơi treo bản { $number }
coverage-told-silent = { $count } nơi chưa có tin từ { $since }
coverage-told-silent-longest = { $count } nơi chưa có tin, lâu nhất từ { $since }
coverage-told-old = { $count } nơi còn treo bản cũ
coverage-told-torn = { $count } nơi bị rách, mất
coverage-told-down = { $count } nơi đã gỡ trước hạn
coverage-told-out = { $count } nơi không niêm yết
coverage-over = Đã hết thời hạn; không nơi nào còn treo.
coverage-over-left = Đã hết thời hạn; { $left } trên { $places } nơi còn treo, cần gỡ.
coverage-no-places = Chưa khai nơi niêm yết nào.
coverage-list-told = { $count } văn bản đang niêm yết; { $wanting } văn bản còn nơi cần đến.
coverage-list-more = { $most } văn bản đầu tiên đang niêm yết; { $wanting } văn bản còn nơi cần đến.
coverage-wants = Cần đến
coverage-coming = Từ nơi khác gửi về: chỉ tính nơi của đơn vị
coverage-none = Không có văn bản nào đang niêm yết
coverage-none-text = Khi có văn bản được niêm yết hoặc gửi về, số nơi đã treo hiện ở đây.
coverage-within = Chỉ tính trong { $unit }.
coverage-whole = Xem toàn bộ
coverage-state-current = Đang treo đúng bản
coverage-state-old = Còn treo bản cũ
coverage-state-torn = Bị rách, mất
coverage-state-down = Đã gỡ trước hạn
coverage-state-silent = Chưa có tin
coverage-state-out = Không niêm yết
coverage-state-left = Hết hạn mà còn treo
coverage-state-over = Đã gỡ hoặc không treo
coverage-hangs = Đang treo bản { $number }
coverage-since = Từ { $at }
coverage-more-places = Còn { $count } nơi nữa. Bảng Excel có đủ mọi nơi.
coverage-placeless-help = Các đơn vị này chưa khai nơi niêm yết thuộc loại của văn bản, nên chưa tính được.
coverage-more-units = Còn { $count } đơn vị nữa. Bảng Excel có đủ mọi đơn vị.
coverage-tree = Theo đơn vị
coverage-node = { $current } trên { $places } nơi{ $wanting ->
    [0] {""}
   *[other] , { $wanting } nơi cần đến
}
coverage-node-out = Không niêm yết
coverage-node-placeless = Chưa khai nơi niêm yết
coverage-column-unit = Đơn vị
coverage-column-code = Mã
coverage-column-place = Nơi niêm yết
coverage-column-kind = Loại nơi
coverage-column-state = Tình trạng
coverage-column-since = Từ ngày
coverage-column-note = Ghi chú
