-- What others say a month cost, to be laid beside the ledger: Cost Explorer's totals and the provider's
-- invoices, as they were last asked. And months whose figures are too much to be true, which are kept from
-- invoices until somebody has looked at them.

-- One row a billing account, month and source; what was found is JSON, one entry a currency, amounts in
-- whole nano-units as text.
CREATE TABLE observation (
    billing_account_id INTEGER NOT NULL REFERENCES billing_account (id),
    period INTEGER NOT NULL CHECK (period BETWEEN 200601 AND 219912),
    source INTEGER NOT NULL CHECK (source IN (1, 2)), -- Cost Explorer, invoices
    observed_at INTEGER NOT NULL,
    found TEXT NOT NULL CHECK (json_valid(found)),
    PRIMARY KEY (billing_account_id, period, source)
) STRICT;

-- Open until a person releases it or a later version is plausible again. What was released stays so while the
-- figure does not double once more.
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    billing_account_id INTEGER NOT NULL REFERENCES billing_account (id),
    period INTEGER NOT NULL CHECK (period BETWEEN 200601 AND 219912),
    currency TEXT NOT NULL CHECK (length(currency) BETWEEN 3 AND 8),
    reason INTEGER NOT NULL CHECK (reason IN (1, 2)), -- leap, price
    day INTEGER, -- the first day at fault, where it is one
    expected_units INTEGER NOT NULL,
    expected_rest INTEGER NOT NULL,
    actual_units INTEGER NOT NULL,
    actual_rest INTEGER NOT NULL,
    since INTEGER NOT NULL,
    lifted_at INTEGER,
    released_at INTEGER,
    released_by TEXT CHECK (released_by <> ''),
    note TEXT,
    CHECK ((released_at IS NULL) = (released_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX quarantine_held ON quarantine (billing_account_id, period, currency, reason)
    WHERE lifted_at IS NULL;
