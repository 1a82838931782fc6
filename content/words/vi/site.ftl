# What stands on every page.

site-skip = Bỏ qua đến nội dung chính
site-home = Trang chủ
site-sections = Chuyên mục
site-other-sections = Chuyên mục khác
site-pages = Về trang này
site-crumbs = Bạn đang ở
site-language-name = Tiếng Việt
site-sample = Dữ liệu mẫu
site-sample-note = Trang trình diễn: bài mang nhãn này chỉ để minh họa, không phải tin chính thức.
site-owner = Cơ quan chủ quản: { $owner }
site-phone = Điện thoại:
site-email = Thư điện tử:
site-feed = Nguồn tin Atom
site-to-top = Về đầu trang
site-printed-from = In từ địa chỉ:
site-about = Giới thiệu
site-contact = Liên hệ
site-accessibility = Tiếp cận cho mọi người
site-privacy = Quyền riêng tư
site-map = Sơ đồ trang
site-nothing = Chưa có tin nào ở đây.
site-pager = Chuyển trang
site-pager-previous = Trang trước
site-pager-next = Trang sau
site-pager-place = Trang { $number } / { $count }
site-title-page = { $title } – trang { $number }
