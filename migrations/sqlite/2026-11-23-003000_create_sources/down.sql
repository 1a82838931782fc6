DROP TABLE followed;
DROP TABLE sources;
