-- Where notices go besides the desktop's popup, and what came of each attempt. A notice is claimed before it is
-- sent, for a few minutes: two programs never send the same one, and what a program that died had claimed is
-- sent by another. Those that go out as one keep the number of the first, so that a second attempt is the same
-- parcel to whoever receives it.

CREATE TABLE channel (
    id INTEGER PRIMARY KEY CHECK (id > 0), -- the desktop's popup is none of these and goes by zero
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6), -- mail, ses, slack, teams, webhook, sms
    name TEXT NOT NULL CHECK (name <> ''),
    folded_name TEXT NOT NULL,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    settings TEXT NOT NULL CHECK (json_valid(settings)), -- never a secret
    secrets TEXT CHECK (json_valid(secrets)), -- password, key, address that lets in whoever knows it
    least INTEGER NOT NULL CHECK (least BETWEEN 1 AND 3), -- notice, warning, urgent
    digest_minute INTEGER CHECK (digest_minute BETWEEN 0 AND 1439),
    digest_zone TEXT CHECK (digest_zone <> ''),
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    CHECK ((digest_minute IS NULL) = (digest_zone IS NULL)),
    CHECK (archived = 0 OR secrets IS NULL)
) STRICT;
CREATE UNIQUE INDEX channel_name ON channel (folded_name) WHERE archived = 0;

ALTER TABLE outbox ADD COLUMN claimed_by TEXT;
ALTER TABLE outbox ADD COLUMN claimed_until INTEGER;
ALTER TABLE outbox ADD COLUMN parcel INTEGER;
CREATE INDEX outbox_of_channel ON outbox (channel_id, id DESC);

CREATE TABLE delivery (
    outbox_id INTEGER NOT NULL REFERENCES outbox (id),
    attempt INTEGER NOT NULL CHECK (attempt > 0),
    at INTEGER NOT NULL,
    error TEXT CHECK (error <> ''), -- none: it was taken
    PRIMARY KEY (outbox_id, attempt)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_at ON delivery (at);
