-- Customers who send and fetch files by SFTP. What is set up for one at AWS is a row of steps, each written
-- before it is tried and after: a step that was begun and not ended is done again, since each can be; what a
-- failure or a removal undoes, it undoes in reverse. What a step made (ids, ARNs) stands with the step.

CREATE TABLE tenant (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    connection_id INTEGER NOT NULL REFERENCES connection (id), -- whose credentials set it up
    assume_role TEXT CHECK (assume_role <> ''), -- the role by which they reach the account it lies in
    server TEXT CHECK (server <> ''), -- the server it moves in with; else the program's own
    client_id INTEGER REFERENCES client (id),
    name TEXT NOT NULL CHECK (name <> ''),
    folded_name TEXT NOT NULL,
    slug TEXT NOT NULL CHECK (slug <> ''),
    region TEXT NOT NULL CHECK (region <> ''),
    bucket TEXT NOT NULL CHECK (bucket <> ''),
    prefix TEXT NOT NULL CHECK (prefix = '' OR prefix LIKE '%/'),
    key_kind INTEGER NOT NULL CHECK (key_kind IN (1, 2)), -- own, shared
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5), -- creating, active, suspended, deleting, deleted
    stored_limit INTEGER CHECK (stored_limit > 0),
    moved_limit INTEGER CHECK (moved_limit > 0),
    warn_percent INTEGER NOT NULL CHECK (warn_percent BETWEEN 1 AND 100),
    stop INTEGER NOT NULL CHECK (stop IN (0, 1)), -- whether a limit stops writing
    stopped INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1)), -- whether one has
    told TEXT, -- the month and the standing that was told last
    keeps_files INTEGER NOT NULL DEFAULT 0 CHECK (keeps_files IN (0, 1)), -- whether its removal leaves its files
    rotate_days INTEGER CHECK (rotate_days > 0), -- keys older than this are overdue
    isolation TEXT CHECK (json_valid(isolation)), -- what came of trying to leave its place
    isolation_at INTEGER,
    created_at INTEGER NOT NULL,
    CHECK ((isolation IS NULL) = (isolation_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX tenant_name ON tenant (folded_name) WHERE state <> 5;
CREATE UNIQUE INDEX tenant_slug ON tenant (slug) WHERE state <> 5;

CREATE TABLE tenant_step (
    tenant_id INTEGER NOT NULL REFERENCES tenant (id),
    position INTEGER NOT NULL,
    step TEXT NOT NULL CHECK (step <> ''),
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5), -- begun, done, failed, undoing, undone
    made TEXT CHECK (json_valid(made)),
    error TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenant_user (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenant (id),
    name TEXT NOT NULL UNIQUE CHECK (name <> ''), -- one server: one name
    role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 3), -- read-only, upload-only, admin
    expires_day INTEGER, -- the last day on which they may
    state INTEGER NOT NULL CHECK (state IN (1, 2)), -- active, suspended
    applied INTEGER NOT NULL CHECK (applied IN (0, 1)), -- whether AWS was told all of it
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tenant_user_of ON tenant_user (tenant_id, name);

CREATE TABLE tenant_key (
    user_id INTEGER NOT NULL REFERENCES tenant_user (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenant_usage (
    tenant_id INTEGER NOT NULL REFERENCES tenant (id),
    day INTEGER NOT NULL,
    stored INTEGER NOT NULL CHECK (stored >= 0),
    uploaded INTEGER NOT NULL CHECK (uploaded >= 0),
    downloaded INTEGER NOT NULL CHECK (downloaded >= 0),
    requests INTEGER NOT NULL CHECK (requests >= 0),
    users INTEGER NOT NULL CHECK (users >= 0),
    PRIMARY KEY (tenant_id, day)
) STRICT, WITHOUT ROWID;

ALTER TABLE owner ADD COLUMN tenant_id INTEGER REFERENCES tenant (id);
CREATE UNIQUE INDEX owner_of_tenant ON owner (tenant_id) WHERE tenant_id IS NOT NULL;
