-- The address a text had first. Feeds know it by this one (RFC 4287, §4.2.6: an id never changes), wherever the text
-- is moved to; whatever moves it leaves this column alone.
ALTER TABLE documents ADD COLUMN first_slug TEXT NOT NULL DEFAULT '';
UPDATE documents SET first_slug = slug;
