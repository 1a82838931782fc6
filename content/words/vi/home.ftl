# The front page.

home-top = Tin nổi bật
home-latest = Mới nhất
home-more = Tin khác mới đăng
home-months = Tin theo tháng
home-older = Tin cũ hơn
home-older-about = Các tin đang đăng, mới trước, cũ sau.
home-older-open = Xem tin cũ hơn
home-older-page = Tin cũ hơn, trang{"\u00A0"}{ $number }
