# The front page.

home-top = Tin nổi bật
home-latest = Mới nhất
home-more = Tin khác mới đăng
home-months = Tin theo tháng
home-title-page = Tin mới, trang{"\u00A0"}{ $number }
