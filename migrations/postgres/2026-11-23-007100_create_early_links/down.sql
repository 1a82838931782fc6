DROP TABLE early_openings;
DROP TABLE early_links;
