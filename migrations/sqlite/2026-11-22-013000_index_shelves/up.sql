-- A list by unit and section together is answered from one index, and so is a walk by date that asks for several of both.
CREATE INDEX editions_by_place ON editions (kind, unit_id, section, dated_at, document_id, shown_from, shown_until, priority);
DROP INDEX editions_by_kind;
CREATE INDEX editions_by_kind ON editions (kind, dated_at, document_id, shown_from, shown_until, section, unit_id, priority);
CREATE INDEX editions_by_withdrawal ON editions (kind, withdrawn_at) WHERE withdrawn_at IS NOT NULL;
