# The front page.

home-top = Top stories
home-latest = Latest
home-more = More new stories
home-months = News by month
home-older = Older news
home-older-about = Everything that was published, newest first.
home-older-open = See older news
home-older-page = Older news, page { $number }
