-- The desk's list of one kind of text, and of one state by title.
CREATE INDEX documents_by_kind ON documents (kind, touched_at, id);
CREATE INDEX documents_by_state_and_title ON documents (state, folded, id);
-- All that is asked of the log, in its order, to be searched without its rows.
CREATE INDEX log_by_position ON log (position, subject, at, actor, act);
