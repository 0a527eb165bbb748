-- Exceptions from the usual rate of the seller's country: which lines of an invoice are taxed otherwise.
CREATE TABLE tax_rule (
    ordinal INTEGER PRIMARY KEY, -- the first that holds for a line counts
    service TEXT, -- a pattern
    kind TEXT, -- fee, one_off, …
    category TEXT NOT NULL,
    reason TEXT,
    CHECK ((service IS NULL) <> (kind IS NULL))
) STRICT;
