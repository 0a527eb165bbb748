-- The ledger: who is who, what was charged, who owns it.
--
-- Amounts are whole nano-units (10^-9) of the row's currency. Sums are kept and taken in two parts,
-- whole units and the rest, so that no sum can pass 64 bits. Days are numbers YYYYMMDD, months
-- YYYYMM, moments milliseconds since 1970 UTC. Texts of a bill (accounts, services, resources, tags)
-- are numbered once in small tables, so that a charge is a row of integers.

CREATE TABLE workspace (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL CHECK (name <> ''),
    demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

-- Who is who ------------------------------------------------------------------------------------

CREATE TABLE client (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    folded_name TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX client_name ON client (folded_name) WHERE archived = 0;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    folded_name TEXT NOT NULL,
    email TEXT,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX person_name ON person (folded_name) WHERE archived = 0;

CREATE TABLE team (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    folded_name TEXT NOT NULL,
    client_id INTEGER REFERENCES client (id),
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX team_name ON team (folded_name) WHERE archived = 0;

-- A person may belong to several teams on one day; the membership written first counts.
CREATE TABLE membership (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES team (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    from_day INTEGER NOT NULL DEFAULT 0,
    to_day INTEGER NOT NULL DEFAULT 99999999 CHECK (to_day >= from_day)
) STRICT;
CREATE INDEX membership_person ON membership (person_id, id);
CREATE INDEX membership_team ON membership (team_id);

-- Whoever can own a charge: one row for each person, team and client.
CREATE TABLE owner (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3, 4)), -- person, team, client, tenant
    person_id INTEGER UNIQUE REFERENCES person (id),
    team_id INTEGER UNIQUE REFERENCES team (id),
    client_id INTEGER UNIQUE REFERENCES client (id),
    CHECK ((kind = 1) = (person_id IS NOT NULL)),
    CHECK ((kind = 2) = (team_id IS NOT NULL)),
    CHECK ((kind = 3) = (client_id IS NOT NULL))
) STRICT;

-- How a client's bill is reached: `access` is JSON that names a way in and never holds a secret.
CREATE TABLE connection (
    id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES client (id),
    name TEXT NOT NULL CHECK (name <> ''),
    billing_account TEXT NOT NULL CHECK (billing_account <> ''),
    access TEXT NOT NULL CHECK (json_valid(access)),
    region TEXT,
    allocation_tag TEXT,
    last_sync INTEGER,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT;

-- A charge belongs to the client of its billing account, always.
CREATE TABLE billing_account (
    id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES client (id),
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    name TEXT
) STRICT;

-- The texts of bills ----------------------------------------------------------------------------

CREATE TABLE sub_account (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    name TEXT
) STRICT;

CREATE TABLE service (
    id INTEGER PRIMARY KEY,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    UNIQUE (name, provider, category)
) STRICT;

CREATE TABLE region (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (key <> '')
) STRICT;

CREATE TABLE sku (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (key, description)
) STRICT;

CREATE TABLE resource (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    name TEXT
) STRICT;

CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE
) STRICT;

-- A tag set is one text (JSON object, keys sorted). `tag` holds for each key, without regard to case
-- and to a "user:" prefix, the one value that counts: that of the key that sorts first.
CREATE TABLE tag_set (
    id INTEGER PRIMARY KEY,
    tags TEXT NOT NULL UNIQUE CHECK (json_valid(tags))
) STRICT;

CREATE TABLE tag (
    tag_set_id INTEGER NOT NULL REFERENCES tag_set (id),
    folded_key TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tag_set_id, folded_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_value ON tag (folded_key, value, tag_set_id);

-- What was charged ------------------------------------------------------------------------------

-- A billing period is replaced whole: each load is a version, and old versions stay readable.
-- `is_current`: not replaced by a later version of its own kind of source. `counts`: current, and
-- of the source that is authoritative (an export before Cost Explorer); only these are summed.
CREATE TABLE period_version (
    id INTEGER PRIMARY KEY,
    billing_account_id INTEGER NOT NULL REFERENCES billing_account (id),
    period INTEGER NOT NULL CHECK (period BETWEEN 200601 AND 219912),
    number INTEGER NOT NULL CHECK (number > 0),
    source INTEGER NOT NULL CHECK (source IN (1, 2, 3)), -- FOCUS, CUR, Cost Explorer
    part INTEGER NOT NULL CHECK (part > 0),
    status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 3),
    format TEXT NOT NULL,
    file_name TEXT,
    sha256 BLOB CHECK (length(sha256) = 32),
    content_sha256 BLOB NOT NULL CHECK (length(content_sha256) = 32),
    loaded_at INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    charges INTEGER NOT NULL,
    notes TEXT NOT NULL CHECK (json_valid(notes)),
    skipped_rows TEXT NOT NULL CHECK (json_valid(skipped_rows)),
    skipped_count INTEGER NOT NULL DEFAULT 0,
    replaced_by INTEGER REFERENCES period_version (id),
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    counts INTEGER NOT NULL CHECK (counts IN (0, 1) AND counts <= is_current),
    UNIQUE (billing_account_id, period, number)
) STRICT;
CREATE INDEX period_version_counts ON period_version (period) WHERE counts = 1;
CREATE INDEX period_version_sha256 ON period_version (sha256) WHERE is_current = 1;

-- What a version was charged, per currency, as summed when it was loaded.
CREATE TABLE version_total (
    version_id INTEGER NOT NULL REFERENCES period_version (id),
    currency TEXT NOT NULL CHECK (length(currency) BETWEEN 3 AND 8),
    charges INTEGER NOT NULL,
    billed_units INTEGER NOT NULL,
    billed_rest INTEGER NOT NULL,
    effective_units INTEGER NOT NULL,
    effective_rest INTEGER NOT NULL,
    PRIMARY KEY (version_id, currency)
) STRICT, WITHOUT ROWID;

-- Rules and what they give ----------------------------------------------------------------------

-- The first live rule, by position, that holds and matches names the owner. A deleted rule stays, since
-- old versions say that it was the reason.
CREATE TABLE rule (
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    owner_id INTEGER NOT NULL REFERENCES owner (id),
    from_day INTEGER,
    to_day INTEGER,
    note TEXT,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    CHECK (from_day IS NULL OR to_day IS NULL OR from_day <= to_day)
) STRICT;
CREATE INDEX rule_position ON rule (position) WHERE deleted = 0;

CREATE TABLE rule_matcher (
    rule_id INTEGER NOT NULL REFERENCES rule (id),
    ordinal INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5), -- resource, tag, account, service, region
    key TEXT CHECK ((kind = 2) = (key IS NOT NULL)),
    value TEXT NOT NULL CHECK (value <> ''),
    PRIMARY KEY (rule_id, ordinal)
) STRICT, WITHOUT ROWID;

-- `day` is the day a charge counts on: the day it starts on, or, if that lies outside the billing period,
-- the nearest day of it, so that the days of a month and its bill are one sum. `first_day` is the
-- real one where they differ.
CREATE TABLE charge (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES period_version (id),
    day INTEGER NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    sub_account_id INTEGER REFERENCES sub_account (id),
    service_id INTEGER NOT NULL REFERENCES service (id),
    region_id INTEGER REFERENCES region (id),
    sku_id INTEGER NOT NULL REFERENCES sku (id),
    resource_id INTEGER REFERENCES resource (id),
    tag_set_id INTEGER NOT NULL REFERENCES tag_set (id),
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    category INTEGER NOT NULL CHECK (category BETWEEN 1 AND 5),
    class INTEGER NOT NULL CHECK (class IN (0, 1)),
    currency TEXT NOT NULL,
    billed INTEGER NOT NULL,
    effective INTEGER NOT NULL,
    list INTEGER NOT NULL,
    contracted INTEGER NOT NULL,
    quantity TEXT NOT NULL,
    first_line INTEGER NOT NULL,
    last_line INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    rule_id INTEGER REFERENCES rule (id),
    owner_id INTEGER REFERENCES owner (id)
) STRICT;
CREATE INDEX charge_version ON charge (version_id, day);
CREATE INDEX charge_resource ON charge (resource_id, version_id) WHERE resource_id IS NOT NULL;
CREATE INDEX charge_owner ON charge (owner_id, version_id) WHERE owner_id IS NOT NULL;

-- The kept roll-ups that screens ask. They change in the transaction that changes the charges they are
-- made of. Owner, account, region and resource 0 are none.
CREATE TABLE spend (
    version_id INTEGER NOT NULL REFERENCES period_version (id),
    day INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    sub_account_id INTEGER NOT NULL,
    region_id INTEGER NOT NULL,
    category INTEGER NOT NULL,
    currency TEXT NOT NULL,
    charges INTEGER NOT NULL,
    billed_units INTEGER NOT NULL,
    billed_rest INTEGER NOT NULL,
    effective_units INTEGER NOT NULL,
    effective_rest INTEGER NOT NULL,
    PRIMARY KEY (version_id, day, owner_id, service_id, sub_account_id, region_id, category, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_spend (
    version_id INTEGER NOT NULL REFERENCES period_version (id),
    owner_id INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    sub_account_id INTEGER NOT NULL,
    region_id INTEGER NOT NULL,
    resource_id INTEGER NOT NULL,
    category INTEGER NOT NULL,
    currency TEXT NOT NULL,
    charges INTEGER NOT NULL,
    billed_units INTEGER NOT NULL,
    billed_rest INTEGER NOT NULL,
    effective_units INTEGER NOT NULL,
    effective_rest INTEGER NOT NULL,
    PRIMARY KEY (version_id, owner_id, service_id, resource_id, sub_account_id, region_id, category, currency)
) STRICT, WITHOUT ROWID;

-- The empty tag set is number one.
INSERT INTO tag_set (id, tags) VALUES (1, '{}');
