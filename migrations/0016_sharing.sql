-- Shared cost: what one owner owns directly is spread over others, month by month as it is asked about. Which
-- charges are in such a pot the ownership rules say, so that no charge can be in two. Nothing is stored of what
-- sharing gives: it follows from the charges, the owners and these rules.

CREATE TABLE sharing_rule (
    id INTEGER PRIMARY KEY,
    pot_id INTEGER NOT NULL UNIQUE REFERENCES owner (id),
    method INTEGER NOT NULL CHECK (method BETWEEN 1 AND 3), -- even, proportional, fixed
    note TEXT
) STRICT;

-- In order; of fixed shares each in parts per million. An onward taker is a pot of its own, and the last.
CREATE TABLE sharing_taker (
    rule_id INTEGER NOT NULL REFERENCES sharing_rule (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    owner_id INTEGER NOT NULL REFERENCES owner (id),
    share INTEGER CHECK (share BETWEEN 0 AND 1000000),
    onward INTEGER NOT NULL DEFAULT 0 CHECK (onward IN (0, 1)),
    PRIMARY KEY (rule_id, ordinal)
) STRICT, WITHOUT ROWID;
