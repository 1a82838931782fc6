# Báo cho máy khác khi bản tin của đơn vị thay đổi, và lựa chọn của đơn vị cho bản tin.

desk-way-webhooks = Báo cho máy khác
desk-done-webhook-added = Đã thêm địa chỉ. Bấm “Gửi thử” để xem máy ấy có nhận được không.
desk-done-webhook-again = Đang gửi lại. Tải lại trang sau vài giây để xem kết quả.
desk-done-webhook-paused = Đã tạm dừng. Không gửi gì tới địa chỉ này cho đến khi bạn cho gửi tiếp.
desk-done-webhook-removed = Đã bỏ địa chỉ. Không gửi gì tới đó nữa.
desk-done-webhook-resumed = Đã cho gửi tiếp. Những gì xảy ra trong lúc tạm dừng cũng được báo.
desk-done-webhook-tried = Đang gửi thử. Tải lại trang sau vài giây để xem kết quả.

bulletin-choice = Bản tin của đơn vị
bulletin-choice-help = Bản tin gồm mọi văn bản đang niêm yết ở đơn vị, những tin mới nhất và số liệu nổi bật. Bảng điện tử, ứng dụng và cổng khác lấy bản tin này về hiện lại.
bulletin-board = Xem bảng tin của đơn vị
bulletin-articles = Số tin mới trong bản tin
bulletin-articles-help = Từ 0 đến 20. Ghi 0 nếu bản tin chỉ cần văn bản niêm yết.
bulletin-above = Kèm cả tin của các đơn vị cấp trên
bulletin-figures = Số liệu nổi bật trong bản tin
bulletin-figures-help = Từ 0 đến 20. Lấy từ các báo cáo mới nhất của đơn vị, theo số liệu mà báo cáo đặt lên đầu.
bulletin-choice-keep = Lưu lựa chọn
bulletins-articles = Hãy ghi một số từ 0 đến { $most }.

webhooks-title = Báo cho máy khác
webhooks-told = Những địa chỉ được báo
webhooks-lead = Mỗi khi bản tin của đơn vị thay đổi, cổng báo tới các địa chỉ này.
webhooks-protocol = Tài liệu cho người viết chương trình nhận tin
webhooks-none = Chưa có địa chỉ nào
webhooks-none-text = Mục này dành cho chương trình muốn được báo ngay khi bản tin của đơn vị thay đổi, ví dụ bảng điện tử, ứng dụng của tỉnh, cổng của đơn vị khác. Người viết chương trình ấy cho bạn một địa chỉ; thêm địa chỉ đó ở dưới. Người dân đọc tin thì không cần mục này.

webhook-title = Địa chỉ được báo
webhook-add = Thêm địa chỉ
webhook-url = Địa chỉ
webhook-url-help = Do người viết chương trình nhận tin cung cấp, bắt đầu bằng https://
webhook-note = Của ai, dùng để làm gì
webhook-note-help = Để người sau biết. Ví dụ: Bảng điện tử ở nhà văn hóa thôn 2.
webhook-no-address = Đây chưa phải một địa chỉ. Địa chỉ có dạng https://ten-may.vn/duong-dan.
webhook-long = Địa chỉ dài quá { $most } chữ.
webhook-needs-https = Địa chỉ phải bắt đầu bằng https:// để không ai ở giữa sửa được những gì gửi đi.
webhook-with-user = Địa chỉ không được chứa tên đăng nhập hay mật khẩu (phần đứng trước dấu @).
webhook-private = Địa chỉ này dẫn vào mạng nội bộ hoặc chính máy chủ, nên không gửi tới được. Nếu thật sự cần, người giữ máy chủ bật thiết lập webhooks_private.
webhook-twice = Địa chỉ này đã có trong danh sách.
webhook-too-many = Mỗi đơn vị có nhiều nhất { $most } địa chỉ. Hãy bỏ bớt địa chỉ không dùng nữa.
webhook-former-unit = Đơn vị này không còn hoạt động nên không thêm hay đổi gì được.
webhook-is-paused = Địa chỉ này đang tạm dừng. Hãy cho gửi tiếp trước.
webhook-many-wait = Đang có nhiều lần gửi chờ tới địa chỉ này. Hãy đợi gửi xong rồi thử lại.

webhook-in-use = Đang báo
webhook-paused-since = Tạm dừng từ { $at }
webhook-failing-since = Không gửi được từ { $at }
webhook-never = Chưa gửi lần nào
webhook-added-by = { $login } thêm lúc { $at }
webhook-answer-at = { $at }: máy nhận trả lời { $status }
webhook-no-answer-at = { $at }: { $why }
webhook-why-inside = địa chỉ dẫn vào mạng nội bộ
webhook-why-no-host = không tìm thấy máy nhận
webhook-why-late = máy nhận trả lời quá chậm
webhook-why-no-trust = chứng thư của máy nhận không hợp lệ
webhook-why-no-answer = không kết nối được với máy nhận

webhook-try = Gửi thử
webhook-try-help = Gửi thử một thông báo không có việc gì bên trong, để biết máy nhận có nghe không.
webhook-pause = Tạm dừng
webhook-resume = Gửi tiếp
webhook-resume-help = Khi cho gửi tiếp, những gì xảy ra trong lúc tạm dừng cũng được báo.
webhook-remove = Bỏ địa chỉ
webhook-remove-sure = Không gửi gì tới địa chỉ này nữa, và danh sách những lần đã gửi cũng mất. Nhật ký vẫn ghi ai thêm, ai bỏ.
webhook-back = Về danh sách
webhook-sent = Những lần đã gửi
webhook-sent-help = Máy nhận phải trả lời một mã từ 200 đến 299. Chưa được thì cổng gửi lại, lần sau cách lâu hơn lần trước, trong ba ngày.
webhook-sent-none = Chưa gửi gì
webhook-sent-none-text = Bản tin thay đổi thì lần gửi hiện ở đây. Bấm “Gửi thử” để thử ngay.
webhook-trial = gửi thử
webhook-events = { $count } việc
webhook-tries = { $count ->
    [0] chưa gửi
   *[other] đã gửi { $count } lần
}
webhook-state-waiting = Đang chờ
webhook-state-delivered = Đã nhận
webhook-state-given-up = Thôi không gửi nữa
webhook-next = gửi lại lúc { $at }
webhook-next-now = gửi ngay bây giờ
webhook-next-after = gửi sau khi xong lần trước
webhook-again = Gửi lại
webhook-again-of = Gửi lại bản lúc { $at }, mã { $name }
webhook-newer = Mới hơn
webhook-older = Cũ hơn

log-actor-webhook = Bộ báo cho máy khác
log-act-bulletins-kept = Sửa lựa chọn cho bản tin
log-act-webhook-added = Thêm địa chỉ được báo
log-act-webhook-paused = Tạm dừng địa chỉ được báo
log-act-webhook-resumed = Cho gửi tiếp tới địa chỉ được báo
log-act-webhook-removed = Bỏ địa chỉ được báo
webhook-boards = Bảng điện tử
webhook-boards-tell = Báo cả khi bảng điện tử của đơn vị, và của các đơn vị bên dưới, gặp trục trặc
webhook-boards-help = Bảng im lặng quá lâu, thông báo khẩn chưa lên màn hình, đồng hồ sai… được báo khi bắt đầu và khi hết, trong vòng nửa phút.
webhook-boards-keep = Lưu
log-act-webhook-boards = Báo cả trục trặc của bảng điện tử tới một địa chỉ
log-act-webhook-no-boards = Thôi báo trục trặc của bảng điện tử tới một địa chỉ
