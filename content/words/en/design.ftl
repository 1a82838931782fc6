# The page that shows every part of the look.

design-title = Design system
design-kicker = For developers only
design-lead = Every part of the pages, on light and on dark, made from the very templates that the public pages use.
design-light = Light
design-dark = Dark
design-colours = Colours and contrast
design-contrast = On --{ $on }: { $ratio } : 1
design-type = Type
design-actions = Buttons, tags and ways
design-cards = Cards, lists, an empty list
design-places = Places for postings and figures
design-article = An article
design-trouble = When something is wrong
