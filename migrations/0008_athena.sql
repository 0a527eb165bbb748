-- Exports that are too large to fetch are rolled up where they lie. From how many bytes of a month on, and
-- with which of the customer's Athena, a person says for each connection; JSON that names places and holds
-- no secret.
CREATE TABLE athena (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id),
    above_bytes INTEGER NOT NULL CHECK (above_bytes >= 0),
    workgroup TEXT NOT NULL CHECK (workgroup <> ''),
    database TEXT NOT NULL CHECK (database <> ''),
    output TEXT NOT NULL CHECK (output LIKE 's3://%/')
) STRICT;
