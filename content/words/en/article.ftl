# An article's page.

article-posted = Published
article-updated = Updated
article-byline = Author
article-views = Views
article-picture-credit = Photo:
article-picture-described = Picture:
article-source = Source:
article-attachments = Attachments
article-editions = Corrections
article-edition = Version{"\u00A0"}{ $number }
article-edition-here = You are reading this version
article-edition-withdrawn = Withdrawn:
article-related = More in
