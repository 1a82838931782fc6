# Standing pages and the site map.

standing-updated = Updated on
standing-review = To be reviewed on
standing-units = Provinces and cities
standing-year = { $year }
