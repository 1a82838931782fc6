# The page that shows every part of the look.

design-title = Hệ thống giao diện
design-kicker = Chỉ dành cho người phát triển
design-lead = Mọi bộ phận của các trang, trên nền sáng và nền tối, dựng từ chính các mẫu mà trang công khai dùng.
design-light = Nền sáng
design-dark = Nền tối
design-colours = Màu và độ tương phản
design-contrast = Trên --{ $on }: { $ratio } : 1
design-type = Chữ
design-actions = Nút, nhãn và lối đi
design-cards = Thẻ tin, danh sách, danh sách trống
design-places = Chỗ dành cho niêm yết và số liệu
design-article = Bài viết
design-trouble = Khi có trục trặc
