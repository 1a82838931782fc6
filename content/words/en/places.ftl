# The places kept for postings and figures.

places-postings = Currently posted
places-notices = Public notices here
places-figures = Figures
