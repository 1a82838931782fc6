# Niêm yết: cách đếm ngày và quy định của từng loại, nói cho cán bộ và người dân.

posting-counted-from = Niêm yết { $day } (không tính).
posting-counted-to = { $measure ->
    [working] Ngày làm việc
   *[calendar] Ngày
} thứ{"\u00A0"}{ $days } là { $due }, hết ngày ấy là hết thời hạn.
posting-counted-on = { $measure ->
    [working] Ngày làm việc
   *[calendar] Ngày
} thứ{"\u00A0"}{ $days } là { $due }, { $rests }, nên kéo dài đến hết { $last }.
posting-counted-unsure = Lịch nghỉ năm { $years } chưa đủ, nên ngày cuối còn có thể thay đổi.
posting-rest-weekend = nghỉ cuối tuần
posting-rest-holiday = nghỉ { $name }
posting-then = , rồi{" "}

posting-rule-days = Niêm yết ít nhất { $days } { $measure ->
    [working] ngày làm việc
   *[calendar] ngày
}
posting-rule-consecutive = Niêm yết ít nhất { $days } { $measure ->
    [working] ngày làm việc
   *[calendar] ngày
} liên tục
posting-rule-permanent = Niêm yết thường xuyên, khi có thay đổi thì cập nhật
posting-rule-until-replaced = Niêm yết đến khi có bản thay thế
posting-rule-stated = Niêm yết đến hết ngày ghi trong văn bản
posting-rule-urgent = Niêm yết đến giờ kết thúc ghi trong văn bản, hiện ngay trên mọi bảng
posting-rule-where = { $term }. Nơi niêm yết: { $places }.
posting-rule-loudspeaker = Phát trên loa ít nhất { $days } ngày liên tục.
posting-rule-ahead = Phải báo trước ít nhất { $days } { $measure ->
    [working] ngày làm việc
   *[calendar] ngày
}.
posting-rule-deadline = Công khai chậm nhất { $days } ngày làm việc sau khi có quyết định.

posting-group-named = Nhóm { $number }: { $name }
posting-place-seat = trụ sở
posting-place-villages = nhà văn hóa thôn và tổ dân phố
posting-place-points = điểm giao dịch
posting-place-portal = cổng thông tin
posting-place-loudspeaker = loa truyền thanh
posting-place-meetings = cuộc họp thôn, tổ dân phố
posting-place-screens = màn hình công cộng
posting-place-other = nơi khác theo quy định

posting-bad-days = Số ngày phải từ 1 đến { $most }.
posting-ends-before = Ngày kết thúc phải từ ngày niêm yết ({ $posted }) trở đi.
posting-urgent-endless = “{ $kind }” phải ghi lúc kết thúc.
posting-needs-no-end = “{ $kind }” niêm yết đến khi có bản thay thế: hãy để trống ngày kết thúc. Căn cứ { $source }: “{ $rule }”
posting-too-short = “{ $kind }” phải niêm yết ít nhất { $days } { $measure ->
    [working] ngày làm việc
   *[calendar] ngày
}, tức đến hết { $least } hoặc lâu hơn. Căn cứ { $source }: “{ $rule }”
posting-too-late = “{ $kind }” cho ngày { $event } phải niêm yết chậm nhất { $by }. Căn cứ { $source }: “{ $rule }”

kind-posting = Niêm yết
posting-list = Niêm yết
posting-kind = Loại niêm yết
posting-kind-help = Loại quyết định niêm yết bao lâu, ở đâu và được nêu những gì.
posting-committee = Ủy ban nhân dân { $unit }

posting-status-not-yet = Chưa có hiệu lực
posting-status-in-force = Đang có hiệu lực
posting-status-ending-soon = Sắp hết thời hạn
posting-status-ended = Đã hết thời hạn niêm yết
posting-status-expired = Đã hết hiệu lực
posting-status-suspended = Đang tạm ngưng
posting-status-withdrawn = Đã thu hồi
posting-status-replaced = Đã được thay thế
posting-is-not-yet = Có hiệu lực từ { $day }.
posting-is-in-force = Văn bản đang được niêm yết.
posting-is-ending-soon = Niêm yết đến { $until }.
posting-is-ended = Thời hạn niêm yết đã hết vào { $day }. Nội dung dưới đây để tra cứu.
posting-is-expired = Hết hiệu lực sau { $day }.
posting-is-suspended = Tạm ngưng từ { $from } cho đến khi có thông báo mới. Lý do: { $reason }
posting-is-suspended-until = Tạm ngưng từ { $from } đến hết { $until }. Lý do: { $reason }
posting-is-withdrawn = Thu hồi lúc { $day }.
posting-is-replaced = Có văn bản khác thay thế từ { $day }.

posting-number = Số, ký hiệu
posting-issuer = Cơ quan ban hành
posting-requester = Nơi yêu cầu niêm yết
posting-signer = Người ký
posting-issued = Ngày ban hành
posting-effective = Có hiệu lực từ
posting-expires = Hiệu lực đến hết
posting-hung = Ngày niêm yết
posting-until = Niêm yết đến
posting-until-day = hết { $day }
posting-until-replaced = khi có văn bản thay thế
posting-until-was-replaced = { $day }, khi có văn bản thay thế
posting-more = Thông tin về văn bản
posting-event = Ngày diễn ra
posting-comments = Thời gian góp ý
posting-comments-both = từ { $from } đến hết { $until }
posting-comments-since = từ { $from }
posting-comments-by = đến hết { $until }
posting-objections = Nơi phản ánh, hỏi đáp
posting-places = Nơi niêm yết
posting-legal-basis = Căn cứ pháp lý
posting-how-counted = Thời hạn được tính như thế nào?
posting-sheet = Tờ niêm yết A4 (PDF)
posting-sheet-large = Bản chữ to (PDF)
posting-hung-before = Đã treo, nay đã gỡ
posting-hung-elsewhere = { $count } nơi của { $units } đơn vị khác
posting-hanging = Đang treo ở đâu
posting-hung-since = treo từ { $from }
posting-hung-from-to = treo từ { $from } đến { $until }
posting-hung-interrupted = bị rách hoặc mất, chưa treo lại
posting-shown-interrupted = màn hình không hiện từ { $since }
posting-on-paper = Chỉ niêm yết trên giấy
posting-on-paper-why = Danh sách có thông tin cá nhân nên không đưa lên mạng. Mời xem tại nơi niêm yết.
posting-drill-tag = Diễn tập
posting-replaced-by = Được thay thế bởi:
posting-corrected-by = Được đính chính bởi:
posting-amended-by = Được sửa đổi, bổ sung bởi:
posting-corrects = Đính chính cho:
posting-replaces = Thay thế cho:
posting-amends = Sửa đổi, bổ sung cho:

posting-of-nobody = Văn bản niêm yết phải thuộc một đơn vị. Hãy chọn một đơn vị trong danh sách.
posting-no-kind = Hãy chọn loại niêm yết.
posting-unknown-kind = Không có loại niêm yết “{ $kind }”. Hãy chọn một loại trong danh sách.
posting-bad-period = “{ $period }” không phải số ngày. Hãy viết như 45 days hoặc 10 working days.
posting-number-of-nobody = Văn bản có số thì phải ghi cơ quan ban hành.
posting-number-undated = Văn bản có số thì phải ghi ngày ban hành.
posting-number-taken = Số này của cơ quan ban hành đã dùng trong năm cho “{ $title }” ({ $slug }). Hãy xem lại số, hoặc sửa chính văn bản ấy.
posting-no-event = Loại này phải báo trước { $days } { $measure ->
    [working] ngày làm việc
   *[calendar] ngày
}: hãy ghi ngày diễn ra. Căn cứ { $source }: “{ $rule }”
posting-expires-before = Ngày hết hiệu lực phải từ ngày có hiệu lực ({ $effective }) trở đi.
posting-comments-before = Ngày cuối nhận góp ý phải từ ngày đầu ({ $from }) trở đi.
posting-suspended-before = Ngày cuối tạm ngưng phải từ ngày đầu ({ $from }) trở đi.
posting-suspended-why = Hãy ghi lý do tạm ngưng; người dân sẽ đọc được.
posting-suspended-since = Hãy ghi ngày bắt đầu tạm ngưng.
posting-drill-of-what = Chỉ tin khẩn mới có diễn tập.
posting-carries-more = “{ $kind }” không cho nêu nhiều thông tin cá nhân như vậy. Hãy chọn mức hẹp hơn. Căn cứ { $rule }.
posting-name-in-title = Không đánh dấu tên người ở đây. Hãy đưa tên vào phần nội dung.
posting-mark-open = Dấu {"{{"} chưa được đóng bằng {"}}"} trên cùng dòng.
posting-list-on-web = “{ $kind }” có thông tin của người dân: mọi tệp đính kèm phải đánh dấu “Chỉ niêm yết trên giấy”.
posting-unknown-posting = Không có văn bản niêm yết nào đang đứng ở địa chỉ “{ $slug }”. Hãy chép lại địa chỉ của trang ấy.
posting-of-itself = Văn bản không thể nhắc tới chính nó ở đây.
posting-circle = “{ $slug }” đã thay thế hoặc đính chính cho văn bản này, nên không thể ngược lại.
posting-replaced-already = Văn bản này đã được “{ $slug }” thay thế từ { $day }. Hãy sửa văn bản thay thế.
posting-correction-places = Đính chính phải niêm yết ở mọi nơi đã niêm yết văn bản sai (Luật 104/2016/QH13, Điều 22). Cần có: { $places }.
posting-correction-units = Đính chính phải tới mọi nơi đã nhận văn bản sai. Cần có: { $units }.
posting-too-many-targets = Nhiều nhất { $most } nơi nhận. Hãy dùng một nhóm đơn vị.

posting-part-document = Văn bản
posting-part-days = Hiệu lực và thời hạn
posting-part-where = Nơi niêm yết
posting-part-related = Liên quan
posting-part-people = Dữ liệu cá nhân
posting-part-suspended = Tạm ngưng hiệu lực
posting-number-help = Như trên văn bản, ví dụ 566/TB-UBND. Mỗi cơ quan dùng một số một lần trong năm.
posting-requester-help = Khi nơi khác gửi đến nhờ niêm yết, ví dụ văn phòng công chứng. Biên bản sẽ trả về nơi ấy.
posting-signer-name = Họ tên người ký
posting-signer-title = Chức vụ người ký
posting-a-line-each = Mỗi căn cứ một dòng.
posting-effective-help = Để trống thì có hiệu lực từ ngày niêm yết.
posting-ends-help = Để trống thì tính theo quy định của loại.
posting-period-days = Niêm yết bao nhiêu ngày
posting-period-help = Chỉ ghi khi dài hơn quy định của loại.
posting-period-measure = Tính theo
posting-event-help = Khi phải báo trước một sự kiện, ví dụ ngày tiếp công dân.
posting-comments-from = Nhận góp ý từ ngày
posting-comments-until = Nhận góp ý đến hết ngày
posting-objections-help = Người dân phản ánh, hỏi ở đâu, số điện thoại, đến ngày nào.
posting-places-help = Không chọn nơi nào thì theo quy định của loại.
posting-to = Gửi tới
posting-to-help = Văn bản hiện trên bảng của các đơn vị được chọn, ngoài đơn vị ở trên.
posting-to-below = Mọi đơn vị trực thuộc (xã, phường, đặc khu)
posting-to-group = Nhóm { $name }
posting-to-codes = Từng đơn vị, theo mã
posting-to-codes-help = Mã đơn vị hành chính, cách nhau bằng dấu phẩy hoặc xuống dòng, ví dụ 99001, 99002. Sau khi lưu, tên đơn vị hiện ở dưới để đối chiếu.
posting-to-nobody = hiện không có đơn vị nào mang mã này
posting-fold-requester = Niêm yết theo yêu cầu của nơi khác
posting-fold-event = Báo trước một sự kiện
posting-fold-comments = Lấy ý kiến
posting-fold-period = Niêm yết lâu hơn quy định
posting-fold-places = Chọn nơi niêm yết khác với quy định của loại
posting-fold-to = Gửi tới đơn vị khác
posting-unknown-unit = Ngày { $day } không có đơn vị nào mang mã “{ $unit }”. Hãy xem lại mã trong danh sách đơn vị.
posting-urgent-kind = “{ $kind }” là tin khẩn: hãy chọn mức “Khẩn cấp” (trong tệp: priority = "urgent").
posting-priority = Mức độ
posting-priority-normal = Thông thường
posting-priority-priority = Ưu tiên
posting-priority-urgent = Khẩn cấp
posting-priority-help = Khẩn cấp: hiện ở đầu mọi trang, bắt buộc ghi giờ kết thúc ở ô “Hết hạn lúc”.
posting-drill = Đây là diễn tập
posting-held-back = Giữ kín tới giờ đăng
posting-held-back-help = Tin hẹn giờ được gửi trước tới các bảng tin để lên đúng giờ cả khi mất mạng. Đánh dấu ô này nếu không ai được biết trước giờ đăng; bảng mất mạng khi ấy sẽ lên muộn.
posting-replaces-help = Địa chỉ các văn bản hết hiệu lực khi văn bản này có hiệu lực. Mỗi dòng một địa chỉ.
posting-amends-help = Địa chỉ các văn bản chỉ thay đổi một phần. Mỗi dòng một địa chỉ.
posting-corrects-help = Địa chỉ văn bản có chỗ sai. Đính chính niêm yết ở mọi nơi đã niêm yết văn bản sai.
posting-people-help = Trong nội dung, đặt tên người giữa hai cặp ngoặc nhọn, ví dụ {"{{"}Nguyễn Văn An{"}}"}. Trên giấy và trên mạng tên ấy hiện theo mức chọn ở đây.
posting-paper = Trên giấy
posting-web = Trên mạng
posting-carry-none = Không nêu
posting-suspended-from = Tạm ngưng từ ngày
posting-suspended-until = Đến hết ngày
posting-suspended-until-help = Để trống khi chưa biết.
posting-suspended-reason = Lý do tạm ngưng

strip-label = Tin khẩn
strip-urgent = KHẨN
strip-drill = DIỄN TẬP
strip-until = Đến { $at }.
strip-more = Còn { $count } tin khẩn khác
