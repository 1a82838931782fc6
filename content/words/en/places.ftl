# The places kept for postings and figures.

places-postings = Posted now
places-until = Until the end of
places-figures = Figures
