-- Names without marks, filled by the program, which alone can fold them. The index holds all that a list of units looks
-- through, those that never ended first and provinces before communes.
ALTER TABLE units ADD COLUMN folded TEXT COLLATE "C";
CREATE INDEX units_by_name ON units ((valid_until IS NOT NULL), (parent_id IS NOT NULL), folded, id, code);
