# The front page.

home-top = Top stories
home-latest = Latest
home-more = More new stories
home-months = News by month
home-title-page = Latest news, page { $number }
