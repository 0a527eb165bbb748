-- Charges lie in the order in which they are written, one behind the other, and what a load writes of an item is a
-- run of them: who they are of, and which version brought them, is said once a run. Before, each charge said it, and
-- lay in the middle of those that were there. Charges are numbered anew: nothing else in the file names one.

DROP VIEW allocated_charge;
DROP TABLE next_charge;
ALTER TABLE charge RENAME TO charge_before;

CREATE TABLE charge_run (
    stream INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    first_charge INTEGER NOT NULL,
    last_charge INTEGER NOT NULL,
    from_version INTEGER NOT NULL,
    PRIMARY KEY (stream, item_id, first_charge)
) STRICT, WITHOUT ROWID;

CREATE TABLE charge_row (
    id INTEGER PRIMARY KEY,
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
    until_version INTEGER,
    invoice_id INTEGER
) STRICT;

INSERT INTO charge_row (day, first_day, last_day, billed, effective, list, contracted, quantity, first_line, last_line,
                        lines, until_version, invoice_id)
SELECT day, first_day, last_day, billed, effective, list, contracted, quantity, first_line, last_line, lines,
       until_version, invoice_id
FROM charge_before ORDER BY stream, item_id, from_version, id;

INSERT INTO charge_run
SELECT stream, item_id, up_to - charges + 1, up_to, from_version
FROM (SELECT stream, item_id, from_version, count(*) AS charges,
             sum(count(*)) OVER (ORDER BY stream, item_id, from_version) AS up_to
      FROM charge_before GROUP BY stream, item_id, from_version);

DROP TABLE charge_before;

-- A charge with what its run says of it. Charges are found by their run, never the other way round: CROSS JOIN
-- says so to SQLite.
CREATE VIEW charge AS
SELECT c.id, r.stream, r.item_id, c.day, c.first_day, c.last_day, c.billed, c.effective, c.list, c.contracted,
       c.quantity, c.first_line, c.last_line, c.lines, r.from_version, c.until_version, c.invoice_id
FROM charge_run r CROSS JOIN charge_row c ON c.id BETWEEN r.first_charge AND r.last_charge;

CREATE VIEW allocated_charge AS
SELECT c.id, c.stream, c.from_version, c.until_version, c.item_id, c.day, c.first_day, c.last_day,
       i.sub_account_id, i.service_id, i.region_id, i.sku_id, i.resource_id, i.tag_set_id, i.unit_id,
       i.category, i.class, i.currency, c.billed, c.effective, ifnull(c.list, c.billed) AS list,
       ifnull(c.contracted, c.billed) AS contracted, c.quantity, c.first_line, c.last_line, c.lines,
       o.rule_id, ifnull(o.owner_id, 0) AS owner_id, c.invoice_id
FROM charge c
JOIN item i ON i.id = c.item_id
LEFT JOIN ownership o ON o.item_id = c.item_id AND c.day BETWEEN o.from_day AND o.to_day;
