-- The life of an invoice: who drafted and approved it, what credit notes took back of it, what was paid, and
-- what lies with it. What was issued before stays as it is.

-- A credit note is a document like an invoice, with numbers of its own series. What it claims is below
-- nothing: it frees what the invoice claimed.
ALTER TABLE invoice ADD COLUMN kind INTEGER NOT NULL DEFAULT 1 CHECK (kind IN (1, 2)); -- invoice, credit note
ALTER TABLE invoice ADD COLUMN credits_id INTEGER REFERENCES invoice (id);
ALTER TABLE invoice ADD COLUMN replaces_id INTEGER REFERENCES invoice (id);
-- Everybody who had a hand in the draft, as JSON: none of them may approve it where two pairs of eyes are asked for.
ALTER TABLE invoice ADD COLUMN drafted_by TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(drafted_by));
ALTER TABLE invoice ADD COLUMN approved_by TEXT;
ALTER TABLE invoice ADD COLUMN approved_at INTEGER;

DROP INDEX invoice_draft;
CREATE UNIQUE INDEX invoice_draft ON invoice (owner_id, period, currency) WHERE number IS NULL AND kind = 1;
CREATE UNIQUE INDEX invoice_credit_draft ON invoice (credits_id) WHERE number IS NULL AND kind = 2;
CREATE INDEX invoice_credits ON invoice (credits_id) WHERE credits_id IS NOT NULL;
CREATE INDEX invoice_owner ON invoice (owner_id, period);

-- Which of the cost lines of its document a claim belongs to; none for what is older, and for what added up to nothing.
ALTER TABLE invoice_claim ADD COLUMN line INTEGER;

-- A payment that was recorded in error is marked, not deleted. An amount below nothing was paid back.
CREATE TABLE invoice_payment (
    invoice_id INTEGER NOT NULL REFERENCES invoice (id),
    number INTEGER NOT NULL CHECK (number > 0),
    day INTEGER NOT NULL,
    units INTEGER NOT NULL,
    rest INTEGER NOT NULL,
    reference TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    removed_by TEXT,
    removed_at INTEGER,
    removed_for TEXT,
    PRIMARY KEY (invoice_id, number),
    CHECK ((removed_by IS NULL) = (removed_at IS NULL)),
    CHECK ((removed_by IS NULL) = (removed_for IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER invoice_payment_is_kept BEFORE DELETE ON invoice_payment
BEGIN SELECT raise(ABORT, 'a payment is never deleted'); END;

-- Files that lie with an invoice. They go with a draft that is thrown away.
CREATE TABLE invoice_attachment (
    invoice_id INTEGER NOT NULL REFERENCES invoice (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL,
    content BLOB NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    added_by TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (invoice_id, number)
) STRICT;

-- What was done with one invoice, out of the trail of everything.
CREATE INDEX audit_invoice ON audit (json_extract(details, '$.invoice')) WHERE action GLOB 'invoice.*';

-- Whether an invoice is approved by somebody who did not draft it, and what numbers of credit notes begin with.
ALTER TABLE setting ADD COLUMN four_eyes INTEGER NOT NULL DEFAULT 0 CHECK (four_eyes IN (0, 1));
ALTER TABLE setting ADD COLUMN credit_note_series TEXT NOT NULL DEFAULT 'CN' CHECK (length(credit_note_series) BETWEEN 1 AND 12);
