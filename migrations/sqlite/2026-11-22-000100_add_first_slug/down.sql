ALTER TABLE documents DROP COLUMN first_slug;
