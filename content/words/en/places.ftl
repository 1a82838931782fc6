# The places kept for postings and figures.

places-postings = Currently posted
places-until = Until the end of
places-figures = Figures
