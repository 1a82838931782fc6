# An article's page.

article-posted = Published
article-updated = Updated
article-byline = Written by
article-views = Views
article-picture-credit = Photo:
article-picture-described = Picture:
article-source = Source:
article-attachments = Attachments
article-editions = Editions
article-edition = Edition { $number }
article-edition-here = You are reading this one
article-edition-withdrawn = Withdrawn:
article-related = Related news
