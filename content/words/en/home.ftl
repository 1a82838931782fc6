# The front page.

home-top = Top stories
home-latest = Latest
home-more = More news
home-months = News by month
home-older = Older news
home-older-about = All published news, newest first.
home-older-open = See older news
home-older-page = Older news, page{"\u00A0"}{ $number }
