# Reader's tools, and the question under every text.

tools-display = Display
tools-size = Text size
tools-theme = Background
tools-theme-system = Same as device
tools-theme-light = Light
tools-theme-dark = Dark
tools-contrast = High contrast
tools-share = Share
tools-copy = Copy link
tools-copied = Link copied
tools-mail = Email
tools-device = Share…
tools-print = Print
useful-question = Was this page useful to you?
useful-yes = Useful
useful-no = Not useful
useful-thanks = Thank you for your answer
useful-kept = Your answer has been counted. No account is needed, and we do not record who sent it, from where, or when.
useful-back-article = Back to the article
useful-back-page = Back to the page
