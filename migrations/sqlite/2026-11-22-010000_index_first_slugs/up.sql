-- Whom a row of the log speaks of is looked up under a text's first address too.
CREATE INDEX documents_by_first_slug ON documents (kind, first_slug);
