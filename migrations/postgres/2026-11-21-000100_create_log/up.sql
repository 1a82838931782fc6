CREATE TABLE log (
    position BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    facts TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE FUNCTION rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the % is append-only', TG_TABLE_NAME;
END;
$$;
CREATE TRIGGER log_is_kept BEFORE UPDATE OR DELETE ON log FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL
);
