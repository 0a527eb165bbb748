-- Which invoice of the provider a charge stands on. Nearly all charges of a month stand on one, whose
-- number comes when the month is over; kept with each charge it would have the whole month written anew
-- that day. So a version keeps the one that most of its charges stand on, and a charge only another.
-- Bills that were loaded before this step are known without numbers until they are loaded again.

CREATE TABLE provider_invoice (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (key <> '')
) STRICT;

ALTER TABLE period_version ADD COLUMN invoice_id INTEGER REFERENCES provider_invoice (id);

-- None: that of the version it is counted in. 0: it stands on no invoice.
ALTER TABLE charge ADD COLUMN invoice_id INTEGER;

DROP VIEW allocated_charge;
CREATE VIEW allocated_charge AS
SELECT c.id, c.stream, c.from_version, c.until_version, c.item_id, c.day, c.first_day, c.last_day,
       i.sub_account_id, i.service_id, i.region_id, i.sku_id, i.resource_id, i.tag_set_id, i.unit_id,
       i.category, i.class, i.currency, c.billed, c.effective, ifnull(c.list, c.billed) AS list,
       ifnull(c.contracted, c.billed) AS contracted, c.quantity, c.first_line, c.last_line, c.lines,
       o.rule_id, ifnull(o.owner_id, 0) AS owner_id, c.invoice_id
FROM charge c
JOIN item i ON i.id = c.item_id
LEFT JOIN ownership o ON o.item_id = c.item_id AND c.day BETWEEN o.from_day AND o.to_day;
