-- A restated month is stored by what changed. Until here each version of a billing period was a full copy
-- of its charges; now a charge says from which version of its stream until which it holds. A stream is one
-- billing account's month from files or from the API, one part of it. Its number is that of its first
-- version.
--
-- What is charged is told apart from when and how much: an `item` is a charge without its day and its
-- amounts, and a month has far fewer items than charges. Rules look at items and days only, so who owns
-- what is kept by item: a changed rule touches items, and old versions follow today's rules.

CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    resource_id INTEGER NOT NULL, -- 0 here and in the next two: none
    service_id INTEGER NOT NULL,
    sku_id INTEGER NOT NULL,
    tag_set_id INTEGER NOT NULL,
    sub_account_id INTEGER NOT NULL,
    region_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    category INTEGER NOT NULL CHECK (category BETWEEN 1 AND 5),
    class INTEGER NOT NULL CHECK (class IN (0, 1)),
    currency TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX item_facts ON item (resource_id, service_id, sku_id, tag_set_id, sub_account_id, region_id,
                                        unit_id, category, class, currency);

INSERT INTO item (resource_id, service_id, sku_id, tag_set_id, sub_account_id, region_id, unit_id, category,
                  class, currency)
SELECT DISTINCT ifnull(resource_id, 0), service_id, sku_id, tag_set_id, ifnull(sub_account_id, 0),
                ifnull(region_id, 0), unit_id, category, class, currency
FROM charge;

ALTER TABLE period_version ADD COLUMN stream INTEGER NOT NULL DEFAULT 0;
-- The files it was read from, in order, as JSON: name, bytes, lines, the first line's number, hash.
ALTER TABLE period_version ADD COLUMN files TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(files));
-- How many charges were written for it; the others it shares with the versions before it.
ALTER TABLE period_version ADD COLUMN stored_charges INTEGER NOT NULL DEFAULT 0;
UPDATE period_version SET stored_charges = charges, stream = (
    SELECT min(f.id) FROM period_version f
    WHERE f.billing_account_id = period_version.billing_account_id AND f.period = period_version.period
        AND (f.source = 3) = (period_version.source = 3) AND f.part = period_version.part);
CREATE INDEX period_version_stream ON period_version (stream);

-- No declared references, though `tally verify` looks after them: a first load writes hundreds of
-- thousands of charges, whose items and versions were written in the same transaction.
-- `list` and `contracted` are empty where they are as billed. A quantity is a whole number of nano-units
-- where it is one and fits, else a decimal text.
CREATE TABLE charge_by_stream (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    billed INTEGER NOT NULL,
    effective INTEGER NOT NULL,
    list INTEGER,
    contracted INTEGER,
    quantity ANY NOT NULL,
    first_line INTEGER NOT NULL,
    last_line INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    from_version INTEGER NOT NULL,
    until_version INTEGER
) STRICT;

INSERT INTO charge_by_stream
SELECT c.id, v.stream, i.id, c.day, c.first_day, c.last_day, c.billed, c.effective,
       nullif(c.list, c.billed), nullif(c.contracted, c.billed), c.quantity, c.first_line, c.last_line,
       c.lines, v.id, v.replaced_by
FROM charge c
JOIN period_version v ON v.id = c.version_id
JOIN item i ON i.resource_id = ifnull(c.resource_id, 0) AND i.service_id = c.service_id
    AND i.sku_id = c.sku_id AND i.tag_set_id = c.tag_set_id
    AND i.sub_account_id = ifnull(c.sub_account_id, 0) AND i.region_id = ifnull(c.region_id, 0)
    AND i.unit_id = c.unit_id AND i.category = c.category AND i.class = c.class
    AND i.currency = c.currency
ORDER BY c.id;
DROP TABLE charge;
ALTER TABLE charge_by_stream RENAME TO charge;
CREATE INDEX charge_item ON charge (stream, item_id);

-- Who owns an item on which days, by the rules as they are; days without a row are nobody's.
CREATE TABLE ownership (
    item_id INTEGER NOT NULL REFERENCES item (id),
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL CHECK (to_day >= from_day),
    owner_id INTEGER NOT NULL REFERENCES owner (id),
    rule_id INTEGER NOT NULL REFERENCES rule (id),
    PRIMARY KEY (item_id, from_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX ownership_owner ON ownership (owner_id, item_id);

-- A charge with everything that queries ask of it.
CREATE VIEW allocated_charge AS
SELECT c.id, c.stream, c.from_version, c.until_version, c.item_id, c.day, c.first_day, c.last_day,
       i.sub_account_id, i.service_id, i.region_id, i.sku_id, i.resource_id, i.tag_set_id, i.unit_id,
       i.category, i.class, i.currency, c.billed, c.effective, ifnull(c.list, c.billed) AS list,
       ifnull(c.contracted, c.billed) AS contracted, c.quantity, c.first_line, c.last_line, c.lines,
       o.rule_id, ifnull(o.owner_id, 0) AS owner_id
FROM charge c
JOIN item i ON i.id = c.item_id
LEFT JOIN ownership o ON o.item_id = c.item_id AND c.day BETWEEN o.from_day AND o.to_day;

-- The kept roll-ups hold what is known now, by stream. They are filled anew by the program that takes this
-- step, which knows the rules.
DROP TABLE spend;
DROP TABLE resource_spend;

CREATE TABLE spend (
    stream INTEGER NOT NULL,
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
    PRIMARY KEY (stream, day, owner_id, service_id, sub_account_id, region_id, category, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_spend (
    stream INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    resource_id INTEGER NOT NULL,
    tag_set_id INTEGER NOT NULL,
    sub_account_id INTEGER NOT NULL,
    region_id INTEGER NOT NULL,
    category INTEGER NOT NULL,
    currency TEXT NOT NULL,
    charges INTEGER NOT NULL,
    billed_units INTEGER NOT NULL,
    billed_rest INTEGER NOT NULL,
    effective_units INTEGER NOT NULL,
    effective_rest INTEGER NOT NULL,
    PRIMARY KEY (stream, owner_id, service_id, resource_id, tag_set_id, sub_account_id, region_id,
                 category, currency)
) STRICT, WITHOUT ROWID;

-- The smallest: who spent what on which service on which day, for a year at a glance.
CREATE TABLE owner_spend (
    stream INTEGER NOT NULL,
    day INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    currency TEXT NOT NULL,
    charges INTEGER NOT NULL,
    billed_units INTEGER NOT NULL,
    billed_rest INTEGER NOT NULL,
    effective_units INTEGER NOT NULL,
    effective_rest INTEGER NOT NULL,
    PRIMARY KEY (stream, day, owner_id, service_id, currency)
) STRICT, WITHOUT ROWID;
