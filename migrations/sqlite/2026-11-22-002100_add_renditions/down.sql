ALTER TABLE media DROP COLUMN renditions;
ALTER TABLE media DROP COLUMN recipe;
