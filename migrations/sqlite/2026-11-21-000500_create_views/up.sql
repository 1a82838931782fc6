CREATE TABLE views (
    document_id BIGINT NOT NULL PRIMARY KEY REFERENCES documents (id),
    counted BIGINT NOT NULL
);
