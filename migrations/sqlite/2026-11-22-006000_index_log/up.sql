CREATE INDEX log_by_actor ON log (actor, position);
CREATE INDEX log_by_act ON log (act, position);
CREATE INDEX log_by_subject ON log (subject, position);
CREATE INDEX log_by_time ON log (at, position);
