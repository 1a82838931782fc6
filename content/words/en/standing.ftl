# Standing pages and the site map.

standing-updated = Updated on
standing-review = Next review on
standing-units = Provinces and cities
standing-year = { $year }
