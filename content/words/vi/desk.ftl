# Bàn biên tập: khung, việc cần làm, văn bản và đường đi của văn bản.

desk-name = Bàn biên tập
desk-ways = Các mục của bàn biên tập
desk-way-mine = Việc của tôi
desk-way-queue = Chờ xử lý
desk-way-texts = Văn bản
desk-way-calendar = Lịch đăng
desk-way-people = Người dùng
desk-way-units = Đơn vị
desk-way-log = Nhật ký
desk-way-kinds = Loại niêm yết
desk-way-holidays = Ngày nghỉ
desk-way-settings = Cài đặt trang
desk-me = Tài khoản của tôi
desk-to-site = Trang công khai
desk-sign-out = Đăng xuất
desk-undo = Hoàn tác
desk-issues = Xin sửa những chỗ sau
desk-cancel = Thôi
desk-back-to-text = Về văn bản

desk-refused-missing = Không tìm thấy
desk-refused-missing-text = Địa chỉ này không có gì, hoặc thuộc đơn vị mà tài khoản của bạn không được xem.
desk-refused-forbidden = Bạn chưa được giao việc này
desk-refused-forbidden-text = Vai trò của bạn ở đơn vị này không cho phép làm việc vừa chọn. Nếu cần, hãy nhờ người quản trị giao thêm vai trò.
desk-refused-stale = Văn bản vừa được người khác thay đổi
desk-refused-stale-text = Nội dung bạn đang xem không còn là nội dung mới nhất nên việc vừa chọn chưa được thực hiện. Hãy mở lại văn bản, đọc phần thay đổi rồi làm lại.
desk-refused-state = Chưa làm được việc này
desk-refused-state-text = Việc vừa chọn chưa được thực hiện:
desk-refused-held = Nội dung vừa gõ đã được giữ, xem ở “Việc của tôi”.
desk-refused-issues = Chưa làm được việc này
desk-refused-issues-text = Cần sửa những chỗ sau trước:
desk-refused-back = Quay lại

desk-done-saved = Đã lưu.
desk-done-files-kept = Đã lưu danh sách tệp.
desk-done-file-added = Đã thêm tệp.
desk-done-picture-kept = Đã tải ảnh lên.
desk-done-recounted = Đã lưu. Văn bản đang niêm yết có ngày kết thúc đếm theo lịch cũ đã được tính lại; mục “Sổ nhật ký” ghi từng văn bản.
desk-done-two-versions = Đã lưu. Trong nội dung còn chỗ hai người viết khác nhau, giữa hai dòng <<<< và >>>>: hãy giữ một cách viết rồi xóa các dòng dấu đó.
desk-done-submitted = Đã gửi duyệt. Người duyệt sẽ thấy văn bản trong mục “Chờ xử lý”.
desk-done-taken-back = Đã rút về để sửa tiếp.
desk-done-sent-back = Đã trả lại cho người viết, kèm lý do.
desk-done-approved = Đã duyệt. Văn bản chờ người có quyền đăng.
desk-done-published = Đã đăng. Người dân xem được ngay từ bây giờ.
desk-done-scheduled = Đã hẹn giờ đăng.
desk-done-urged = Đã đăng khẩn. Văn bản nằm trong danh sách chờ người thứ hai xác nhận.
desk-done-draft-there = Bản nháp này đã có từ trước. Hãy sửa tiếp, hoặc bỏ nó đi rồi soạn lại.
desk-done-confirmed = Đã xác nhận bản đăng khẩn.
desk-done-withdrawn = Đã gỡ. Địa chỉ cũ của văn bản nêu lý do bạn đã ghi.
desk-done-undone = Đã hoàn tác.
desk-done-discarded = Đã bỏ vào thùng rác. Bạn có thể khôi phục bất cứ lúc nào.
desk-done-restored = Đã khôi phục thành bản nháp.
desk-done-rescheduled = Đã đổi thời gian.
desk-done-unscheduled = Đã hủy hẹn giờ. Nội dung trở lại thành bản nháp.
desk-done-shared = Đã tạo liên kết xem bản nháp.
desk-done-unshared = Liên kết xem bản nháp không còn dùng được.
desk-done-bulk = Đã làm xong với tất cả văn bản đã chọn.

state-draft = Bản nháp
state-submitted = Chờ duyệt
state-approved = Đã duyệt, chờ đăng
state-published = Đang đăng
state-scheduled = Hẹn giờ đăng
state-superseded = Đã được thay
state-withdrawn = Đã gỡ
state-ended = Hết hạn đăng
state-discarded = Trong thùng rác
state-urgent = Đăng khẩn, chờ xác nhận

kind-article = Tin bài
kind-page = Trang cố định

mine-title = Việc của tôi
mine-write = Viết văn bản mới
mine-returned = Bị trả lại, cần sửa
mine-returned-by = { $name } trả lại { $at }
mine-drafts = Bản nháp của tôi
mine-waiting = Đã gửi, đang chờ
mine-published = Đã đăng gần đây
mine-empty = Bạn chưa có văn bản nào
mine-empty-text = Viết tin đầu tiên: điền tiêu đề, tóm tắt và nội dung, xem trước, rồi gửi duyệt.
mine-empty-reader = Vai trò của bạn không viết bài. Việc cần bạn xử lý nằm ở mục “Chờ xử lý”.
mine-to-queue = { $count ->
   *[other] Có { $count } văn bản chờ bạn xử lý
}
mine-unsaved = Gõ dở, chưa lưu
mine-unsaved-help = Chỉ mình bạn thấy. Mở ra để làm tiếp hoặc bỏ đi; mỗi nội dung được giữ { $count } ngày kể từ lúc gõ.
mine-unsaved-more = Còn { $count } nội dung cũ hơn, sẽ hiện ở đây khi bạn xử lý xong những nội dung trên.
unsaved-lead = Bạn gõ nội dung này lúc { $at }, chưa lưu hoặc chưa gửi được. Chỉ mình bạn thấy.
unsaved-reason = Lý do
unsaved-open = Mở để làm tiếp
unsaved-drop = Bỏ nội dung này
unsaved-beside = Bạn còn nội dung khác đã gõ ở đây mà chưa lưu hoặc chưa gửi được:
unsaved-beside-at = Gõ lúc
unsaved-gone = (văn bản bạn không còn được xem)
mine-changed = Sửa lần cuối { $at }
mine-sent = Gửi { $at }

queue-title = Chờ xử lý
queue-lead = Những việc chờ bạn, việc lâu nhất đứng trước.
queue-review = Chờ bạn duyệt
queue-review-help = Bạn không duyệt được văn bản do chính mình viết hoặc gửi; những văn bản đó không nằm ở đây.
queue-publish = Đã duyệt, chờ đăng
queue-confirm = Đăng khẩn, chờ người thứ hai xác nhận
queue-confirm-help = Người dân đã hoặc đang xem những bản này mà chưa có người thứ hai xem lại. Hãy đọc, rồi xác nhận hoặc gỡ.
queue-empty = Không có việc nào chờ bạn
queue-empty-text = Khi có người gửi duyệt, văn bản sẽ hiện ở đây, kèm số lượng ở thanh bên.
queue-more = Còn { $count } văn bản nữa; hãy dùng bộ lọc ở mục “Văn bản”.
queue-since = Chờ { $time }
queue-by = { $name } gửi
queue-first = Bản đầu tiên
queue-changed = Sửa { $count } từ
queue-same = Lời văn không đổi

time-now = chưa đầy một phút
time-minutes = { $count } phút
time-hours = { $count } giờ
time-days = { $count } ngày

texts-title = Văn bản
texts-search = Tìm trong tiêu đề
texts-state = Tình trạng
texts-kind = Loại
texts-unit = Đơn vị
texts-section = Chuyên mục
texts-sort = Sắp xếp
texts-any = Tất cả
texts-sort-touched = Mới sửa trước
texts-sort-oldest = Cũ nhất trước
texts-sort-title = Theo tiêu đề A–Z
texts-filter = Lọc
texts-unfilter = Bỏ lọc
texts-told = { $count ->
    [0] Không có văn bản nào.
   *[other] { $count } văn bản.
}
texts-told-more = Hơn { $count } văn bản. Lọc hoặc gõ thêm chữ để tìm nhanh hơn.
texts-choose = Chọn “{ $title }”
texts-choose-all = Chọn tất cả trên trang này
texts-bulk = Làm với văn bản đã chọn
texts-bulk-look = Xem trước khi làm
texts-newer = Trang trước
texts-older = Trang sau
texts-none = Không có văn bản nào khớp
texts-none-text = Thử bớt điều kiện lọc, hoặc tìm bằng ít chữ hơn; không cần gõ dấu.
texts-empty = Chưa có văn bản nào
texts-empty-text = Văn bản của các đơn vị bạn được xem sẽ hiện ở đây.
texts-untitled = (chưa có tiêu đề)

bulk-submit = Gửi duyệt
bulk-discard = Bỏ vào thùng rác
bulk-withdraw = Gỡ khỏi trang
bulk-title = { $act }: { $count } văn bản
bulk-lead = Xem lại danh sách trước khi làm. Hoặc làm được với tất cả, hoặc không làm với văn bản nào.
bulk-nothing = Bạn chưa chọn văn bản nào làm được việc này.
bulk-reason = Lý do gỡ, ghi chung cho các văn bản này

text-about = Thông tin
text-unit = Đơn vị
text-section = Chuyên mục
text-address = Địa chỉ
text-starts = Bắt đầu đăng
text-ends = Hết hạn
text-no-end = Không có hạn
text-drafted-by = Người viết
text-note = Nội dung thay đổi
text-minor = Sửa nhỏ, không ghi chú công khai
text-whole-portal = Toàn cổng
text-see-public = Xem trang công khai
text-preview = Xem trước
text-checks = Trước khi gửi duyệt
text-history = Lịch sử
text-edition = Bản { $number }
text-compare = So với lần lưu trước
text-restore-revision = Lấy lại nội dung này
text-held = Bạn có nội dung đang gõ dở lúc { $at }, chưa lưu.
text-held-open = Mở để xem và lưu
text-sent-back = { $name } trả lại { $at }:
text-urgent = Bản { $number } được đăng khẩn, chưa qua duyệt, chưa có người thứ hai xác nhận. Lý do: { $reason }

act-edit = Sửa
act-submit = Gửi duyệt
act-take-back = Rút về để sửa
act-review = Đọc và duyệt
act-publish = Đăng
act-urge = Đăng khẩn
act-confirm = Xem và xác nhận
act-next = Sửa thành bản mới
act-reschedule = Đổi thời gian
act-unschedule = Hủy hẹn giờ
act-withdraw = Gỡ khỏi trang
act-discard = Bỏ vào thùng rác
act-restore = Khôi phục
act-share = Tạo liên kết xem bản nháp

step-drafted = Bắt đầu viết
step-revised = Lưu
step-attached = Sửa tệp đính kèm
step-set_aside = Giữ bên cạnh
step-submitted = Gửi duyệt
step-taken_back = Rút về
step-sent_back = Trả lại
step-approved = Duyệt
step-published = Đăng
step-confirmed = Xác nhận
step-withdrawn = Gỡ
step-undone = Hoàn tác
step-discarded = Bỏ vào thùng rác
step-restored = Khôi phục
step-rescheduled = Đổi thời gian
step-by = { $name }, { $at }

compare-title = So sánh hai lần lưu
compare-same = Hai lần lưu có cùng lời văn.
compare-revision = Lưu lúc { $at }

preview-title = Xem trước
preview-lead = Đây đúng là trang người dân sẽ thấy. Địa chỉ này chỉ mở được khi đã đăng nhập.
preview-width = Cỡ màn hình
preview-phone = Điện thoại
preview-desktop = Máy tính
preview-print = Giấy A4
preview-alone = Mở riêng một trang (để in thử)

new-title = Viết văn bản mới
new-lead = Vài dòng này là đủ để bắt đầu; nội dung và nơi đăng đều sửa được sau.
new-kind = Loại văn bản
new-kind-article = Tin bài: có ngày đăng, nằm trong một chuyên mục
new-kind-page = Trang cố định: giới thiệu, liên hệ, hướng dẫn; không theo ngày
new-kind-posting = Niêm yết: thông báo có số, có thời hạn, có nơi treo
new-whole-portal = Toàn cổng (chỉ với trang cố định)
new-begin = Bắt đầu viết

edit-heading = Sửa nội dung
edit-title = Tiêu đề
edit-title-help = Nói điều quan trọng nhất, tốt nhất dưới 100 chữ cái.
edit-lead = Tóm tắt
edit-lead-help = Một, hai câu; hiện trong danh sách và khi chia sẻ.
edit-body = Nội dung
edit-body-help = Cách đoạn bằng một dòng trống.
edit-marks = Định dạng
edit-mark-heading = Mục
edit-mark-bold = Đậm
edit-mark-italic = Nghiêng
edit-mark-list = Danh sách
edit-mark-numbers = Đánh số
edit-mark-quote = Trích
edit-mark-link = Liên kết
edit-mark-example = chữ ở đây
edit-how = Cách viết đậm, tạo mục, danh sách, liên kết, bảng
edit-how-text =
    ## Tên mục
    {"*"}*chữ đậm** và *chữ nghiêng*

    - dòng thứ nhất của danh sách
    - dòng thứ hai

    1. bước một
    2. bước hai

    {"["}chữ mở liên kết](https://dia-chi.vi-du)

    | Cột một | Cột hai |
    |---|---|
    | ô | ô |
edit-filing = Nơi đăng và thời hạn
edit-unit = Đơn vị
edit-unit-help = Chỉ hiện những đơn vị bạn được viết.
edit-section = Chuyên mục
edit-choose = Chọn…
edit-ends = Hết hạn lúc
edit-ends-help = Để trống nếu không có hạn. Đến giờ này văn bản tự không còn hiện.
edit-byline = Tác giả
edit-source = Nguồn
edit-source-url = Địa chỉ của nguồn
edit-review = Ngày rà soát tiếp theo
edit-review-help = Ngày có người xem lại để trang luôn đúng. Người dân thấy ngày này ở cuối trang.
edit-picture = Ảnh đầu bài
edit-picture-file = Ảnh trong kho
edit-picture-help = Chọn trong các ảnh đã có trên cổng.
edit-picture-none = Không có ảnh
edit-alt = Lời tả ảnh
edit-alt-help = Cho người không nhìn thấy ảnh: trong ảnh có ai, đang làm gì.
edit-decorative = Ảnh chỉ để trang trí, không cần tả
edit-caption = Chú thích
edit-credit = Người chụp
edit-note-heading = Điều đã thay đổi
edit-note = Ghi chú công khai về thay đổi
edit-note-help = Người dân đọc dòng này trong lịch sử của văn bản, ví dụ “Sửa lịch tiếp dân tháng 12”.
edit-minor = Sửa nhỏ (lỗi gõ, trình bày), không cần ghi chú
edit-preview = Xem thử
edit-preview-whole = Xem cả trang, ba cỡ màn hình
edit-save = Lưu
edit-save-preview = Xem trước
edit-save-submit = Gửi duyệt
edit-kept-at = Đã giữ chữ vừa gõ lúc
edit-kept-here = Chưa gửi được về máy chủ: chữ vừa gõ đang được giữ trên máy này
edit-signed-out = Phiên đăng nhập đã hết. Chữ đã gõ được giữ trên máy này; bấm Lưu để đăng nhập lại và gõ tiếp.
edit-cut-off = Trang này không lưu được nữa: bạn đã đăng nhập lại ở nơi khác, hoặc văn bản không còn do bạn sửa. Chữ đã gõ được giữ trên máy này; bấm Lưu để cất vào “Việc của tôi”.
edit-others = Đang cùng mở để sửa:
edit-lost = Trên máy này còn nội dung đã gõ mà chưa lưu được.
edit-lost-take = Dùng nội dung đó
edit-lost-drop = Bỏ đi
edit-held = Dưới đây là nội dung bạn đã gõ lúc { $at } mà chưa lưu. Xem lại rồi bấm Lưu.
edit-held-drop = Bỏ, dùng nội dung đã lưu
edit-bad-time = Thời gian này không đúng. Hãy ghi ngày và giờ, ví dụ 2026-12-01T07:30.
edit-bad-day = Ngày này không đúng. Hãy ghi ngày, tháng, năm, ví dụ 01/05/2027.
edit-unknown-kind = Hãy chọn loại văn bản.
edit-article-of-nobody = Tin bài phải thuộc một đơn vị. Hãy chọn một đơn vị trong danh sách.
edit-unknown-unit = Hãy chọn một đơn vị trong danh sách.
edit-unknown-section = Hãy chọn một chuyên mục trong danh sách.
edit-needs-title = Hãy ghi tiêu đề.

conflict-title = Có người đã lưu trước bạn
conflict-lead = { $name } đã lưu văn bản này lúc { $at }, sau khi bạn mở ra sửa. Chưa có gì bị ghi đè: hãy chọn giữ nội dung nào.
conflict-mine = Của bạn
conflict-theirs = Đã lưu trước
conflict-choose = Chọn cách giữ
conflict-merged = Nội dung ghép từ hai bên
conflict-merged-clean = Hai người sửa hai chỗ khác nhau nên ghép được. Hãy đọc lại trước khi lưu.
conflict-merged-marked = Có chỗ hai người cùng sửa; cả hai cách viết được để liền nhau trong dấu <<<< và >>>>. Hãy giữ một cách và bỏ các dấu đó.
conflict-mark-mine = CỦA BẠN
conflict-mark-theirs = ĐÃ LƯU TRƯỚC
conflict-mark-end = HẾT CHỖ KHÁC NHAU
conflict-take-merged = Lưu nội dung ghép
conflict-take-mine = Lưu của tôi thay cho bản đã lưu
conflict-take-theirs = Giữ bản đã lưu trước
conflict-safe = Chọn cách nào thì nội dung của bạn cũng đã nằm trong lịch sử và lấy lại được.

review-changes = Những chỗ thay đổi so với bản đang đăng
review-page = Trang người dân sẽ thấy
review-where = Sẽ hiện ở đâu
review-approve = Duyệt
review-approve-publish = Duyệt và đăng theo lựa chọn
review-back = Trả lại để sửa
review-reason = Lý do trả lại
review-reason-help = Người viết đọc đúng dòng này. Nói rõ cần sửa gì, ở đâu.
review-own = Bạn đã viết hoặc gửi văn bản này nên cần người khác duyệt.

publish-title = Đăng văn bản
publish-lead = Văn bản đã được duyệt. Chọn lúc người dân bắt đầu xem được.
publish-when = Khi nào đăng
publish-now = Ngay bây giờ
publish-later = Vào lúc đã ghi dưới đây
publish-not-yet = Chỉ duyệt, đăng sau
publish-starts = Giờ đăng
publish-starts-help = Giờ Việt Nam. Chỉ cần điền khi hẹn giờ.
publish-button = Đăng
publish-needs-time = Hãy chọn ngày và giờ đăng, hoặc chọn “Ngay bây giờ”.
publish-now-or-then = Bạn đã ghi giờ đăng nhưng đang chọn đăng ngay. Hãy chọn đăng vào giờ đã ghi, hoặc xóa giờ này đi.

withdraw-title = Gỡ khỏi trang
withdraw-lead = Người dân mở địa chỉ cũ sẽ thấy lý do này thay cho nội dung.
withdraw-reason = Lý do gỡ
withdraw-reason-help = Người dân đọc dòng này.
withdraw-pointer = Văn bản thay thế (nếu có)
withdraw-pointer-help = Chọn trong danh sách, hoặc dán địa chỉ của văn bản thay thế trên cổng này.
withdraw-button = Gỡ

urge-title = Đăng khẩn, không chờ duyệt
urge-lead = Người dân xem được ngay. Bản này nằm trong danh sách chờ xác nhận cho đến khi người thứ hai xác nhận hoặc gỡ.
urge-reason = Vì sao không chờ duyệt được
urge-reason-help = Ví dụ: cảnh báo xả lũ trong hai giờ tới.
urge-button = Đăng khẩn ngay

reschedule-title = Đổi thời gian
reschedule-lead = Văn bản đã hiện thì chỉ đổi được hạn; chưa hiện thì đổi được cả giờ đăng.
reschedule-button = Lưu thời gian

discard-title = Bỏ vào thùng rác
discard-lead = Bản nháp rời khỏi danh sách. Không có gì bị xóa: khôi phục được ở mục Văn bản, tình trạng “Trong thùng rác”.
discard-button = Bỏ vào thùng rác

share-title = Liên kết xem bản nháp
share-made = Liên kết xem bản nháp
share-told = Ai có liên kết này xem được bản nháp đến { $until }, không cần đăng nhập. Khi văn bản được đăng, liên kết tự hết dùng.
share-once = Chép lại ngay: liên kết chỉ hiện một lần.
share-line = { $name } tạo, dùng được đến { $until }
share-end = Ngừng chia sẻ
share-note = Đây là bản nháp, chưa được đăng.

calendar-title = Lịch đăng: { $month }
calendar-empty = Không có gì bắt đầu hay hết hạn trong tháng này
calendar-empty-text = Khi hẹn giờ đăng hoặc đặt hạn cho văn bản, ngày đó sẽ hiện ở đây.
calendar-starts = Bắt đầu đăng
calendar-ends = Hết hạn

desk-units-search = Tên hoặc mã đơn vị
desk-units-find = Tìm
desk-units-former = đơn vị cũ
desk-units-public = Trang công khai
desk-units-told = { $count ->
   *[other] { $count } đơn vị.
}
desk-units-held = Nơi bạn được giao vai trò
desk-units-own = Đơn vị của cổng này
desk-units-provinces = Tỉnh, thành phố
desk-units-others = Đơn vị khác
desk-units-before = Trang trước
desk-units-after = Trang sau
desk-units-none = Không có đơn vị nào khớp
desk-units-none-text = Tìm bằng tên, không cần gõ dấu, hoặc bằng mã đơn vị.
desk-issue-line = Dòng { $line }: { $text }

queue-rewritten = Viết lại phần lớn
edit-on-its-way = Văn bản đã gửi duyệt nên không sửa được. Muốn sửa tiếp, hãy chọn “Rút về để sửa”.
edit-published = Văn bản đã đăng. Muốn sửa, hãy chọn “Sửa thành bản mới”.
review-not-waiting = Văn bản này không còn chờ duyệt.
back-title = Trả lại để sửa
back-lead = Văn bản trở lại thành bản nháp. Người viết đọc đúng lý do này.
back-button = Trả lại
calendar-planned = Dự kiến đăng
calendar-more = Còn nữa; trang này chỉ hiện 500 mục đầu của tháng.
desk-done-forgotten = Đã bỏ nội dung gõ dở.
text-check-must = Phải sửa:
text-urgent-gone = Bản { $number } được đăng khẩn, rồi chính người đăng khẩn đã gỡ hoặc hoàn tác. Chưa có người thứ hai xem lại. Lý do đăng khẩn: { $reason }
act-seen = Xem và xác nhận đã xem
review-elsewhere = Bản đăng trước thuộc đơn vị khác, bạn không được xem ở đây, nên không có phần so sánh. Hãy đọc toàn văn.
queue-approved-by = { $name } duyệt
queue-taken-back = chính người đăng khẩn đã gỡ hoặc hoàn tác
texts-elsewhere = Đang đăng ở đơn vị bạn, có bản sửa ở đơn vị khác
texts-elsewhere-help = Người dân vẫn đọc những văn bản này ở đơn vị bạn. Bản sửa do đơn vị khác viết nên không có trong danh sách trên.
confirm-title = Xác nhận bản đăng khẩn
confirm-lead = Hãy đọc đúng bản dưới đây. Nếu đúng, hãy xác nhận. Nếu không đúng, hãy quay lại và gỡ.
confirm-button = Xác nhận
seen-title = Xác nhận đã xem bản đăng khẩn
seen-lead = Chính người đăng khẩn đã gỡ hoặc hoàn tác bản này. Hãy đọc rồi xác nhận rằng bạn đã xem; bản này không hiện lại.
seen-button = Tôi đã xem
