-- How documents look: their language, the sheet, a colour, a logo. What is issued keeps the look of its day, so
-- that a logo, once set, is never thrown away.

CREATE TABLE logo (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE letterhead (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    language TEXT NOT NULL,
    paper TEXT NOT NULL,
    brand TEXT,
    logo TEXT REFERENCES logo (sha256)
) STRICT;
