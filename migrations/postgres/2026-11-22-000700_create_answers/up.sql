CREATE TABLE answers (
    document_id BIGINT NOT NULL PRIMARY KEY REFERENCES documents (id),
    useful BIGINT NOT NULL,
    not_useful BIGINT NOT NULL
);
