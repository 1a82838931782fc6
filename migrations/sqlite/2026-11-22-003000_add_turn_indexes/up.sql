-- What began or ended last, of one kind: the last step of an index, however much there is.
CREATE INDEX editions_by_kind_and_start ON editions (kind, shown_from, shown_until);
CREATE INDEX editions_by_kind_and_end ON editions (kind, shown_until, shown_from);
