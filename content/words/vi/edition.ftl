# An earlier edition at its own address, and what was changed after it.

edition-title = { $title } (bản{"\u00A0"}{ $number })
edition-old = Đây là bản cũ
edition-stood = Bản{"\u00A0"}{ $number } được đăng từ { $from } và được thay bằng bản{"\u00A0"}{ $successor } từ { $until }.
edition-why = Lý do thay:
edition-minor = Sửa nhỏ, không làm thay đổi thông tin trong bài
edition-read-now = Đọc bản hiện hành (bản{"\u00A0"}{ $number })
edition-now = Đây là bản hiện hành
edition-stands = Bản{"\u00A0"}{ $number } được đăng từ { $from }. Địa chỉ này luôn dẫn tới đúng bản{"\u00A0"}{ $number }, kể cả khi đã có bản mới thay.
edition-read-page = Mở trang chính
edition-changes = Những chỗ đã sửa ở bản{"\u00A0"}{ $number }
edition-gone = Phần đã bỏ
edition-new = Phần mới
edition-gone-before = [đã bỏ:
edition-new-before = [mới:
edition-change-end = ]
edition-same-words = Lời văn không đổi; bản sau chỉ khác ở hình ảnh, tệp đính kèm, đường dẫn, chuyên mục, địa bàn hoặc cách trình bày.
edition-too-long = Bài quá dài nên không đánh dấu được từng chỗ sửa. Xin xem lý do thay ở trên.
edition-part-title = Tiêu đề
edition-part-lead = Tóm tắt
edition-part-body = Nội dung
edition-part-picture = Chú thích ảnh
edition-part-source = Nguồn
edition-file-absent = tệp này không còn được cung cấp
