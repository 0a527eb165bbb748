-- Invoices go out by mail. A letter is in the outbox as a notice is, and is claimed, sent and tried again as one;
-- what it is about and to whom it goes stands with it. Its files are those of the invoice, which never changes:
-- their hashes stand in the letter, not their bytes.
ALTER TABLE outbox ADD COLUMN invoice_id INTEGER REFERENCES invoice (id);
ALTER TABLE outbox ADD COLUMN letter TEXT CHECK (json_valid(letter)); -- none: a notice
CREATE INDEX outbox_invoice ON outbox (invoice_id, id) WHERE invoice_id IS NOT NULL;

-- How invoices go out: on which channel (none is the only one that sends mail), where answers go, who gets a copy.
CREATE TABLE invoice_mailing (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    channel_id INTEGER REFERENCES channel (id),
    reply_to TEXT CHECK (reply_to <> ''),
    copy_to TEXT NOT NULL CHECK (json_valid(copy_to))
) STRICT;

-- What a buyer's program reads besides the paper: UBL, CII, or both in one file (Factur-X).
ALTER TABLE buyer ADD COLUMN electronic TEXT CHECK (electronic IN ('ubl', 'cii', 'factur_x'));
