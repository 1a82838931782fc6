# Reader's tools, and the question under every text.

tools-display = Display
tools-size = Text size
tools-theme = Background
tools-theme-system = As my device
tools-theme-light = Light
tools-theme-dark = Dark
tools-contrast = Clearer text
tools-share = Share
tools-copy = Copy address
tools-copied = Address copied
tools-mail = E-mail
tools-device = Share…
tools-print = Print
useful-question = Was this page useful to you?
useful-yes = Useful
useful-no = Not useful
useful-thanks = Thank you for your answer
useful-kept = Your answer only adds one to this page’s count. We do not record who sent it, from where, or when.
useful-back = Back to
