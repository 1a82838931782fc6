# An article's page.

article-posted = Published
article-updated = Updated
article-byline = Written by
article-views = Views
article-picture-credit = Photo:
article-source = Source:
article-attachments = Attachments
article-editions = Editions
article-edition = Edition { $number }
article-edition-here = You are reading this one
article-related = Related news
