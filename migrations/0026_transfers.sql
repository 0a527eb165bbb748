-- The journal of files on their way to and from buckets. What is about to happen is written here before a
-- byte moves, and what the store confirmed as soon as it has: whatever ends the program, the next start
-- knows what has arrived, what is half there, and what belongs to nobody any more.

CREATE TABLE transfer (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE CHECK (length(token) = 32), -- written on every object, so that ours are known
    direction INTEGER NOT NULL CHECK (direction IN (0, 1)), -- up, down
    title TEXT NOT NULL,
    scope TEXT NOT NULL, -- whose it is, in the words of whoever began it
    started_by TEXT NOT NULL,
    bucket TEXT NOT NULL CHECK (bucket <> ''),
    prefix TEXT NOT NULL CHECK (prefix = '' OR substr(prefix, -1) = '/'),
    region TEXT,
    key_id TEXT, -- of KMS; the bucket's own where nothing is said
    folder TEXT, -- where downloads go
    on_clash INTEGER NOT NULL CHECK (on_clash BETWEEN 0 AND 3), -- ask, skip, replace, keep both
    priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 2),
    bytes_per_second INTEGER CHECK (bytes_per_second > 0),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5), -- waiting, running, paused, done, failed, cancelled
    asked INTEGER CHECK (asked IN (2, 5)), -- to pause, to cancel: for whoever is at work on it
    process TEXT, -- who is at work on it; when that has died, it was interrupted
    walked INTEGER NOT NULL DEFAULT 0 CHECK (walked IN (0, 1)), -- whether all its files are known
    problem TEXT,
    said TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    files INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    done_bytes INTEGER NOT NULL DEFAULT 0,
    left_out INTEGER NOT NULL DEFAULT 0, -- skipped or cancelled
    failed INTEGER NOT NULL DEFAULT 0,
    clashes INTEGER NOT NULL DEFAULT 0,
    lost_bytes INTEGER NOT NULL DEFAULT 0, -- of what was left out, failed, or waits for an answer
    CHECK (direction = 0 OR folder IS NOT NULL),
    CHECK ((state < 3) = (ended_at IS NULL))
) STRICT;
CREATE INDEX transfer_scope ON transfer (scope, id);
CREATE INDEX transfer_open ON transfer (state) WHERE state < 3;

-- What was asked for: files and folders of this computer, or objects and folders of a bucket.
CREATE TABLE transfer_root (
    transfer_id INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    path TEXT NOT NULL,
    PRIMARY KEY (transfer_id, position)
) STRICT, WITHOUT ROWID;

-- Every file. One that can never move (a link, a device, a name that no key can have) has no key.
CREATE TABLE transfer_file (
    id INTEGER PRIMARY KEY,
    transfer_id INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    root INTEGER NOT NULL,
    path TEXT NOT NULL, -- below its root, on this computer
    key TEXT,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 7), -- waiting, underway, completing, done, skipped, clash, failed, cancelled
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    modified INTEGER, -- nanoseconds since 1970, of the source as it is being sent
    inode INTEGER,
    on_clash INTEGER CHECK (on_clash BETWEEN 0 AND 3), -- what a person answered
    expected TEXT, -- entity tag: of what a replacement replaces, of what a download reads
    upload_id TEXT,
    part_bytes INTEGER CHECK (part_bytes > 0),
    creating_at INTEGER, -- an upload in parts was about to be begun; from then on there may be one that has no name here
    crc64nvme BLOB CHECK (length(crc64nvme) = 8),
    sha256 BLOB CHECK (length(sha256) = 32),
    etag TEXT,
    version TEXT,
    confirmed_at INTEGER,
    problem TEXT,
    said TEXT,
    CHECK (state <> 3 OR confirmed_at IS NOT NULL),
    CHECK (key IS NOT NULL OR state IN (4, 6, 7))
) STRICT;
-- Two sources never become one object.
CREATE UNIQUE INDEX transfer_file_key ON transfer_file (transfer_id, key) WHERE key IS NOT NULL;
CREATE INDEX transfer_file_state ON transfer_file (transfer_id, state);
-- Of these an upload in parts may lie in the bucket.
CREATE INDEX transfer_file_begun ON transfer_file (transfer_id) WHERE creating_at IS NOT NULL;

-- What arrived of files in parts.
CREATE TABLE transfer_part (
    file_id INTEGER NOT NULL REFERENCES transfer_file (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 10000),
    crc64nvme BLOB NOT NULL CHECK (length(crc64nvme) = 8),
    etag TEXT NOT NULL,
    PRIMARY KEY (file_id, number)
) STRICT, WITHOUT ROWID;

-- The counts of a transfer follow from the states of its files, whoever changes them.
CREATE TRIGGER transfer_file_added AFTER INSERT ON transfer_file BEGIN
    UPDATE transfer SET
        files = files + 1,
        bytes = bytes + new.bytes,
        left_out = left_out + (new.state IN (4, 7)),
        failed = failed + (new.state = 6),
        lost_bytes = lost_bytes + (new.state > 3) * new.bytes
    WHERE id = new.transfer_id;
END;
CREATE TRIGGER transfer_file_changed AFTER UPDATE OF state, bytes ON transfer_file
WHEN new.state <> old.state OR new.bytes <> old.bytes BEGIN
    UPDATE transfer SET
        bytes = bytes + new.bytes - old.bytes,
        done = done + (new.state = 3) - (old.state = 3),
        done_bytes = done_bytes + (new.state = 3) * new.bytes - (old.state = 3) * old.bytes,
        left_out = left_out + (new.state IN (4, 7)) - (old.state IN (4, 7)),
        failed = failed + (new.state = 6) - (old.state = 6),
        clashes = clashes + (new.state = 5) - (old.state = 5),
        lost_bytes = lost_bytes + (new.state > 3) * new.bytes - (old.state > 3) * old.bytes
    WHERE id = new.transfer_id;
END;
