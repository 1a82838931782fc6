# The places kept for postings and figures.

places-postings = Đang niêm yết
places-until = Đến hết ngày
places-figures = Số liệu
