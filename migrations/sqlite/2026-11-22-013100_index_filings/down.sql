DROP INDEX editions_by_unit;
CREATE INDEX editions_by_unit ON editions (kind, unit_id, dated_at, document_id, shown_from, shown_until);
DROP INDEX editions_by_section;
CREATE INDEX editions_by_section ON editions (kind, section, dated_at, document_id, shown_from, shown_until);
