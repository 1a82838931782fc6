# An article's page.

article-posted = Đăng ngày
article-updated = Cập nhật
article-byline = Tác giả
article-views = Lượt xem
article-picture-credit = Ảnh:
article-picture-described = Ảnh:
article-source = Nguồn:
article-attachments = Tệp đính kèm
article-editions = Các lần sửa
article-edition = Bản{"\u00A0"}{ $number }
article-edition-here = Bạn đang đọc bản này
article-edition-withdrawn = Đã gỡ:
article-related = Tin khác cùng chuyên mục
