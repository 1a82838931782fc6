# The places kept for postings and figures.

places-postings = Đang niêm yết
places-notices = Văn bản niêm yết
places-figures = Số liệu
