# What a text is told before it is submitted: what is wrong, and what to do.

check-no-title = Chưa có tiêu đề. Viết một câu nói rõ việc gì, ở đâu.
check-title-long = Tiêu đề dài { $length } ký tự. Rút còn khoảng { $most } ký tự để điện thoại hiện được hết.
check-title-capitals = Tiêu đề viết toàn chữ in hoa nên khó đọc. Chỉ viết hoa chữ đầu câu và tên riêng.
check-no-lead = Chưa có tóm tắt. Viết một, hai câu nêu điều quan trọng nhất; tóm tắt hiện ở danh sách tin và khi chia sẻ bài.
check-no-body = Bài chưa có nội dung.
check-no-section = Chưa chọn chuyên mục.
check-no-unit = Chưa chọn đơn vị của bài.
check-no-note = Bài này đã đăng. Nói cho người đọc biết đã sửa gì, hoặc đánh dấu “sửa nhỏ” nếu chỉ sửa lỗi gõ.
check-starts-past = Giờ đăng { $at } đã qua: bài sẽ hiện ngay khi được đăng.
check-ends-past = Giờ hết hạn { $at } đã qua nên không ai thấy bài. Chọn giờ sau bây giờ, hoặc để trống.
check-review-past = Ngày rà soát { $day } đã đến hoặc đã qua. Xem lại trang rồi chọn ngày sau.
check-ends-first = Bài hết hạn trước khi bắt đầu hiện ({ $at }). Chọn giờ hết hạn muộn hơn.
check-picture-text = Ảnh đại diện chưa có lời mô tả. Tả bức ảnh cho người không nhìn thấy; ảnh chỉ để trang trí thì đánh dấu “trang trí”.
check-picture-both = Ảnh đại diện vừa có lời mô tả vừa ghi là trang trí. Bỏ một trong hai.
check-picture-unknown = Không có ảnh nào tên “{ $name }” trong kho. Xem lại tên ảnh, hoặc chọn ảnh đã có trong kho.
check-image-text = Ảnh “{ $name }” chưa có lời mô tả. Viết lời tả bức ảnh giữa hai dấu ngoặc vuông; ảnh chỉ để trang trí thì ghi "trang trí" sau tên ảnh.
check-image-both = Ảnh “{ $name }” vừa có lời mô tả vừa ghi là trang trí. Bỏ một trong hai.
check-image-unread = Ảnh “{ $name }” viết chưa đúng nên hiện thành chữ. Tên ảnh có dấu cách thì đặt trong dấu nhọn: ![mô tả](<tên ảnh.jpg>).
check-tangled = Từ dòng này bài lồng quá nhiều lớp hoặc quá nhiều mục. Viết đơn giản hơn, hoặc tách thành nhiều bài.
check-heading-first = Tiêu đề mục dùng một dấu thăng là cấp của tiêu đề bài. Dùng hai dấu thăng (##).
check-heading-skips = Tiêu đề mục nhảy từ cấp { $from } xuống cấp { $level }. Dùng { $marks } ở đây.
check-table-header = Bảng chưa có dòng tên cột. Ghi tên từng cột ở dòng đầu để người dùng trình đọc màn hình hiểu các ô.
check-link-nowhere = Đường dẫn “{ $text }” chưa có địa chỉ. Ghi địa chỉ trong ngoặc tròn, hoặc bỏ đường dẫn.
check-link-wordless = Đường dẫn tới “{ $address }” chưa có chữ để bấm. Ghi nơi dẫn tới giữa hai dấu ngoặc vuông.
check-link-says-nothing = Đường dẫn “{ $text }” không cho biết dẫn tới đâu. Viết tên trang hoặc tài liệu, ví dụ “lịch giao dịch tháng 12”.
check-link-bare = Đường dẫn đang hiện nguyên địa chỉ “{ $address }”. Viết tên trang thay cho địa chỉ: [tên trang](địa chỉ).
check-link-broken = Đường dẫn “{ $address }” không mở được trang nào của cổng: gõ nhầm, bài chưa đăng, hoặc bài đã gỡ.
check-link-anchor = Trong bài không có mục “{ $address }”. Xem lại tên mục, hoặc bỏ đường dẫn.
check-date-impossible = Ngày { $date } không có trong lịch.
check-date-weekday = Ngày { $date } là { $weekday ->
    [Mon] thứ Hai
    [Tue] thứ Ba
    [Wed] thứ Tư
    [Thu] thứ Năm
    [Fri] thứ Sáu
    [Sat] thứ Bảy
   *[Sun] Chủ nhật
}. Sửa thứ hoặc sửa ngày.
check-date-past = Hạn { $date } đã qua. Nếu đây là bài cũ sửa lại thì bỏ qua; nếu không, xem lại ngày.
check-characters-lost = Có chữ bị mất (�) khi chép từ nơi khác. Chép lại từ bản gốc.
check-old-alphabet = Đoạn này còn phông chữ cũ (TCVN3, VNI) hoặc sai bảng mã nên không đọc được. Chuyển sang Unicode rồi dán lại.
check-abbreviation = Chữ viết tắt “{ $short }” chưa được giải thích. Lần đầu viết đủ tên, ví dụ “Tên đầy đủ ({ $short })”.
check-abbreviation-known = Chữ viết tắt “{ $short }” chưa được giải thích. Lần đầu viết đủ: { $meaning } ({ $short }).
