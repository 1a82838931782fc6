# The front page.

home-top = Top stories
home-latest = Latest
home-more = More news
home-months = News by month
home-title-page = Latest news, page{"\u00A0"}{ $number }
