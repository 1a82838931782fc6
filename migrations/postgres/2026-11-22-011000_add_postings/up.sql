-- A text may give way to another one, as an edition gives way to its successor; and it may be more pressing than others
-- (0 normal, 1 priority, 2 urgent).
ALTER TABLE editions ADD COLUMN replaced_at TIMESTAMP;
ALTER TABLE editions ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
CREATE INDEX editions_by_priority ON editions (priority, shown_until, shown_from);
CREATE INDEX editions_by_section_end ON editions (kind, section, shown_until);
CREATE INDEX editions_by_unit_end ON editions (kind, unit_id, shown_until);

-- What a text is looked up by beside its address: its number, the texts that it replaces, the units that it is for.
CREATE TABLE revision_keys (
    name TEXT NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    PRIMARY KEY (name, value, revision_id)
);
CREATE INDEX revision_keys_by_revision ON revision_keys (revision_id, name, value);
CREATE TRIGGER revision_keys_are_kept BEFORE UPDATE OR DELETE ON revision_keys FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
