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
posting-rule-permanent = Niêm yết thường xuyên, có thay đổi thì cập nhật
posting-rule-until-replaced = Niêm yết đến khi có bản thay thế
posting-rule-stated = Niêm yết đến ngày ghi trong văn bản
posting-rule-urgent = Hiện ngay trên mọi bảng, bắt buộc ghi lúc kết thúc
posting-rule-where = { $term }: { $places }.
posting-rule-loudspeaker = Phát trên loa ít nhất { $days } ngày liên tục.
posting-rule-ahead = Phải báo trước ít nhất { $days } { $measure ->
    [working] ngày làm việc
   *[calendar] ngày
}.
posting-rule-deadline = Công khai chậm nhất { $days } ngày làm việc sau khi có quyết định.

posting-place-seat = trụ sở
posting-place-villages = nhà văn hóa, điểm sinh hoạt cộng đồng ở thôn, tổ dân phố
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
