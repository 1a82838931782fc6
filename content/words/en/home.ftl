# The front page.

home-top = Top stories
home-latest = Latest
home-months = News by month
home-title-page = Latest news, page { $number }
