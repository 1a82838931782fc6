DROP INDEX editions_by_withdrawal;
DROP INDEX editions_by_kind;
CREATE INDEX editions_by_kind ON editions (kind, dated_at, document_id, shown_from, shown_until);
DROP INDEX editions_by_place;
