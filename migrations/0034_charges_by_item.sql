-- Charges lie in the order in which they are looked for: by stream and item. Before, they lay in the order in
-- which they came, and an index of stream and item led to them: every charge was written twice, and each that
-- was read took two searches. A charge is still known by its number, which is the table's own no longer.

DROP VIEW allocated_charge;

CREATE TABLE charge_by_item (
    stream INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
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
    until_version INTEGER,
    invoice_id INTEGER,
    PRIMARY KEY (stream, item_id, id)
) STRICT, WITHOUT ROWID;

INSERT INTO charge_by_item
SELECT stream, item_id, id, day, first_day, last_day, billed, effective, list, contracted, quantity, first_line,
       last_line, lines, from_version, until_version, invoice_id
FROM charge ORDER BY stream, item_id, id;

-- The number of the next charge.
CREATE TABLE next_charge (id INTEGER NOT NULL) STRICT;
INSERT INTO next_charge SELECT ifnull(max(id), 0) + 1 FROM charge;

DROP TABLE charge;
ALTER TABLE charge_by_item RENAME TO charge;

CREATE VIEW allocated_charge AS
SELECT c.id, c.stream, c.from_version, c.until_version, c.item_id, c.day, c.first_day, c.last_day,
       i.sub_account_id, i.service_id, i.region_id, i.sku_id, i.resource_id, i.tag_set_id, i.unit_id,
       i.category, i.class, i.currency, c.billed, c.effective, ifnull(c.list, c.billed) AS list,
       ifnull(c.contracted, c.billed) AS contracted, c.quantity, c.first_line, c.last_line, c.lines,
       o.rule_id, ifnull(o.owner_id, 0) AS owner_id, c.invoice_id
FROM charge c
JOIN item i ON i.id = c.item_id
LEFT JOIN ownership o ON o.item_id = c.item_id AND c.day BETWEEN o.from_day AND o.to_day;
