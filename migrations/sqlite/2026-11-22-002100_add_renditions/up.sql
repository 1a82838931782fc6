-- Which files were made of a picture, by name, and by which way of making them. 0 is for what is no picture.
ALTER TABLE media ADD COLUMN renditions TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN recipe INTEGER NOT NULL DEFAULT 0;
-- What is there was made before this was recorded: WebP at 480, 960 and 1600, or at the picture's own width.
UPDATE media SET recipe = 1, renditions = CASE
    WHEN width <= 480 THEN width || '.webp'
    WHEN width <= 960 THEN '480.webp ' || width || '.webp'
    WHEN width <= 1600 THEN '480.webp 960.webp ' || width || '.webp'
    ELSE '480.webp 960.webp 1600.webp'
END
WHERE width > 0;
