DROP TABLE adoptions;
