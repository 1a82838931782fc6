DROP TABLE revision_media;
DROP TABLE editions;
DROP TABLE revisions;
DROP TABLE former_slugs;
DROP TABLE documents;
