DROP TABLE media_names;
DROP TABLE media;
