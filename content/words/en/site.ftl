# What stands on every page.

site-skip = Skip to main content
site-home = Home
site-sections = Sections
site-other-sections = Other sections
site-pages = About this site
site-crumbs = You are here
site-language-name = English
site-sample = Sample data
site-sample-note = A demonstration: articles with this label only illustrate it and are not official.
site-owner = Published by { $owner }
site-phone = Telephone:
site-email = E-mail:
site-feed = Atom feed
site-to-top = Back to top
site-printed-from = Printed from:
site-about = About
site-contact = Contact
site-accessibility = Accessibility
site-privacy = Privacy
site-map = Site map
site-nothing = There is nothing here yet.
site-pager = Pages
site-pager-previous = Previous page
site-pager-next = Next page
site-pager-place = Page { $number } of { $count }
site-title-page = { $title } – page { $number }
