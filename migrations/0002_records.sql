-- What people do with the ledger: invoices and what they claim, long work, settings, and the trail
-- of who changed what.

-- Settings of the workspace: one row, defaults until somebody changes them.
CREATE TABLE setting (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    zone TEXT NOT NULL CHECK (zone <> ''),
    seller_name TEXT NOT NULL CHECK (seller_name <> ''),
    seller_address TEXT NOT NULL, -- one line of it a line
    seller_tax_id TEXT,
    seller_email TEXT,
    tax_rate INTEGER NOT NULL CHECK (tax_rate BETWEEN 0 AND 1000000), -- parts per million
    payment_days INTEGER NOT NULL CHECK (payment_days BETWEEN 0 AND 365),
    invoice_series TEXT NOT NULL CHECK (length(invoice_series) BETWEEN 1 AND 12),
    invoice_metric INTEGER NOT NULL CHECK (invoice_metric IN (0, 1)) -- billed, effective
) STRICT;

-- Long work. `process` names the program that does it; when that has died, the work is interrupted.
CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    title TEXT NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5), -- queued, running, done, failed, cancelled, interrupted
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    unit TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    started_by TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    result TEXT CHECK (json_valid(result)),
    problem TEXT CHECK (json_valid(problem)),
    process TEXT NOT NULL,
    cancel_asked INTEGER NOT NULL DEFAULT 0 CHECK (cancel_asked IN (0, 1)),
    CHECK ((state < 2) = (ended_at IS NULL))
) STRICT;
CREATE INDEX job_open ON job (state) WHERE state < 2;

-- Invoices. A draft can be thrown away; an issued one never changes, which the triggers below see to.
-- Whom it is for is an owner; its label is frozen as it was.
CREATE TABLE invoice (
    id INTEGER PRIMARY KEY,
    owner_id INTEGER NOT NULL REFERENCES owner (id),
    period INTEGER NOT NULL CHECK (period BETWEEN 200601 AND 219912),
    currency TEXT NOT NULL CHECK (length(currency) BETWEEN 3 AND 8),
    series TEXT,
    number INTEGER CHECK (number > 0),
    drafted_at INTEGER NOT NULL,
    issued_on INTEGER,
    exact_units INTEGER NOT NULL, -- the exact sum of its lines, before rounding
    exact_rest INTEGER NOT NULL,
    frozen TEXT NOT NULL CHECK (json_valid(frozen)),
    pdf BLOB,
    pdf_sha256 BLOB CHECK (length(pdf_sha256) = 32),
    UNIQUE (series, number),
    CHECK ((number IS NULL) = (series IS NULL)),
    CHECK ((number IS NULL) = (issued_on IS NULL)),
    CHECK ((number IS NULL) = (pdf IS NULL)),
    CHECK ((number IS NULL) = (pdf_sha256 IS NULL))
) STRICT;
CREATE UNIQUE INDEX invoice_draft ON invoice (owner_id, period, currency) WHERE number IS NULL;
CREATE INDEX invoice_period ON invoice (period, owner_id);

CREATE TRIGGER invoice_stays BEFORE UPDATE ON invoice WHEN old.number IS NOT NULL
BEGIN SELECT raise(ABORT, 'an issued invoice never changes'); END;
CREATE TRIGGER invoice_is_kept BEFORE DELETE ON invoice WHEN old.number IS NOT NULL
BEGIN SELECT raise(ABORT, 'an issued invoice is never deleted'); END;

-- The next number of a series, taken in the transaction that issues: no gaps.
CREATE TABLE invoice_series (
    series TEXT PRIMARY KEY CHECK (length(series) BETWEEN 1 AND 12),
    next INTEGER NOT NULL CHECK (next > 0)
) STRICT, WITHOUT ROWID;

-- What an issued invoice billed, at the finest grain at which ownership can differ: every fact that a rule
-- may match. What is claimed here cannot be billed again, whoever owns it later and whatever
-- version of the period counts then.
CREATE TABLE invoice_claim (
    invoice_id INTEGER NOT NULL REFERENCES invoice (id),
    period INTEGER NOT NULL, -- the month billed
    billing_account_id INTEGER NOT NULL REFERENCES billing_account (id),
    day INTEGER NOT NULL,
    sub_account_id INTEGER NOT NULL,
    service_id INTEGER NOT NULL REFERENCES service (id),
    region_id INTEGER NOT NULL,
    resource_id INTEGER NOT NULL,
    tag_set_id INTEGER NOT NULL REFERENCES tag_set (id),
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (
        period, currency, billing_account_id, day, service_id, sub_account_id, region_id, resource_id,
        tag_set_id, invoice_id
    )
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_claim_invoice ON invoice_claim (invoice_id);

CREATE TRIGGER invoice_claim_stays BEFORE UPDATE ON invoice_claim
BEGIN SELECT raise(ABORT, 'what an invoice claims never changes'); END;
CREATE TRIGGER invoice_claim_is_kept BEFORE DELETE ON invoice_claim
BEGIN SELECT raise(ABORT, 'what an invoice claims is never deleted'); END;

-- Who changed what. Each line holds the hash of the line before it, so that none can be changed, taken
-- out, put in or moved without showing; the head says where the chain ends.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    at INTEGER NOT NULL, -- microseconds since 1970 UTC
    actor TEXT NOT NULL CHECK (actor <> ''),
    action TEXT NOT NULL CHECK (action <> ''),
    subject TEXT NOT NULL,
    details TEXT NOT NULL CHECK (json_valid(details)),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO audit_head (one, number, hash) VALUES (1, 0, zeroblob(32));

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head WHEN new.number <> old.number + 1
BEGIN SELECT raise(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_head_is_kept BEFORE DELETE ON audit_head
BEGIN SELECT raise(ABORT, 'the audit trail is append only'); END;

-- Whether the file was closed in order. Changes are kept in a log beside the file until they are copied
-- into it; a file that was not closed and has no log has lost its latest changes, and says so until
-- somebody has seen to it.
CREATE TABLE closing (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    in_order INTEGER NOT NULL CHECK (in_order IN (0, 1)),
    lost INTEGER NOT NULL CHECK (lost IN (0, 1))
) STRICT;
INSERT INTO closing (one, in_order, lost) VALUES (1, 1, 0);
