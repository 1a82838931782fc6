CREATE INDEX log_by_actor ON log (actor, position);
CREATE INDEX log_by_act ON log (act, position);
-- Beginnings of subjects are compared byte by byte, whatever the database's language.
CREATE INDEX log_by_subject ON log (subject text_pattern_ops, position);
CREATE INDEX log_by_time ON log (at, position);
