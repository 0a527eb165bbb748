-- Bills also come from cost exports in S3. A connection names the export it loads, if it loads one (else it
-- asks Cost Explorer); each month remembers the manifest it was loaded from, so that a month that was not
-- delivered anew costs nothing; and paid requests are counted by month, against a cap where there is one.

-- The export as JSON: what AWS calls it and where it delivers; never a secret.
ALTER TABLE connection ADD COLUMN source TEXT CHECK (source IS NULL OR json_valid(source));
ALTER TABLE connection ADD COLUMN monthly_request_cap INTEGER
    CHECK (monthly_request_cap IS NULL OR monthly_request_cap >= 0);

-- Two exports of one account would take turns in replacing each other's bill: one of them counts.
CREATE UNIQUE INDEX connection_export ON connection (billing_account) WHERE source IS NOT NULL AND archived = 0;

CREATE TABLE request_count (
    connection_id INTEGER NOT NULL REFERENCES connection (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 200601 AND 219912),
    requests INTEGER NOT NULL CHECK (requests >= 0),
    PRIMARY KEY (connection_id, month)
) STRICT, WITHOUT ROWID;

-- `versions` says what the manifest's charges became: account, month and number of each version.
CREATE TABLE export_period (
    connection_id INTEGER NOT NULL REFERENCES connection (id),
    period INTEGER NOT NULL CHECK (period BETWEEN 200601 AND 219912),
    export TEXT NOT NULL CHECK (export <> ''),
    manifest TEXT NOT NULL CHECK (manifest <> ''),
    etag TEXT NOT NULL CHECK (etag <> ''),
    assembly TEXT,
    files TEXT NOT NULL CHECK (json_valid(files)),
    versions TEXT NOT NULL CHECK (json_valid(versions)),
    loaded_at INTEGER NOT NULL,
    PRIMARY KEY (connection_id, period)
) STRICT, WITHOUT ROWID;

-- How much memory reading a bill may take before it goes on on disk.
ALTER TABLE setting ADD COLUMN import_memory_mib INTEGER NOT NULL DEFAULT 256
    CHECK (import_memory_mib BETWEEN 32 AND 1048576);
