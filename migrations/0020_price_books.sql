-- What cost is charged at. A book is kept in versions, since an invoice says which one it was priced by: a version
-- never changes, and a book that is removed keeps all of them. Which book counts for whom is said once and now.

CREATE TABLE price_book (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX price_book_name ON price_book (folded_name) WHERE removed = 0;

CREATE TABLE price_book_version (
    book_id INTEGER NOT NULL REFERENCES price_book (id),
    version INTEGER NOT NULL CHECK (version > 0),
    currency TEXT,
    note TEXT,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (book_id, version)
) STRICT, WITHOUT ROWID;

-- In the order in which they were written. Amounts are nano-units of the version's currency, percentages parts per
-- million; which columns an entry of a kind has, the ledger knows.
CREATE TABLE price_entry (
    book_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    owner_id INTEGER REFERENCES owner (id), -- none: everybody
    service TEXT,
    from_day INTEGER,
    to_day INTEGER,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 7), -- markup, tiers, minimum, fee, one-off, credit, usage
    percent INTEGER,
    amount INTEGER CHECK (amount > 0),
    label TEXT,
    day INTEGER,
    unit INTEGER,
    granted INTEGER,
    rolls_over INTEGER,
    PRIMARY KEY (book_id, version, ordinal),
    FOREIGN KEY (book_id, version) REFERENCES price_book_version (book_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE price_tier (
    book_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    step INTEGER NOT NULL,
    up_to INTEGER CHECK (up_to > 0), -- none: the last one
    percent INTEGER NOT NULL,
    PRIMARY KEY (book_id, version, ordinal, step),
    FOREIGN KEY (book_id, version, ordinal) REFERENCES price_entry (book_id, version, ordinal)
) STRICT, WITHOUT ROWID;

-- Whose book it is: the one of the person, else of their team, else of its client, else everybody's (0).
CREATE TABLE price_book_use (
    owner INTEGER PRIMARY KEY,
    owner_id INTEGER REFERENCES owner (id) CHECK (ifnull(owner_id, 0) = owner),
    book_id INTEGER NOT NULL REFERENCES price_book (id)
) STRICT;
