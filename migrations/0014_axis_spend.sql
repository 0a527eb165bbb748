-- What was spent each day by one thing alone: an account, a tag set, a region, a category. Reports by day of a
-- whole year asked the charges for tags and the roll-up by day for the others, with everything else in it.

CREATE TABLE axis_spend (
    stream INTEGER NOT NULL,
    axis INTEGER NOT NULL CHECK (axis BETWEEN 1 AND 4), -- account, tag set, region, category
    day INTEGER NOT NULL,
    key_id INTEGER NOT NULL, -- 0: none
    currency TEXT NOT NULL,
    charges INTEGER NOT NULL,
    billed_units INTEGER NOT NULL,
    billed_rest INTEGER NOT NULL,
    effective_units INTEGER NOT NULL,
    effective_rest INTEGER NOT NULL,
    PRIMARY KEY (stream, axis, day, key_id, currency)
) STRICT, WITHOUT ROWID;

INSERT INTO axis_spend
SELECT stream, 1, day, sub_account_id, currency, sum(charges), sum(billed_units), sum(billed_rest),
       sum(effective_units), sum(effective_rest)
FROM spend GROUP BY stream, day, sub_account_id, currency;

INSERT INTO axis_spend
SELECT stream, 3, day, region_id, currency, sum(charges), sum(billed_units), sum(billed_rest),
       sum(effective_units), sum(effective_rest)
FROM spend GROUP BY stream, day, region_id, currency;

INSERT INTO axis_spend
SELECT stream, 4, day, category, currency, sum(charges), sum(billed_units), sum(billed_rest),
       sum(effective_units), sum(effective_rest)
FROM spend GROUP BY stream, day, category, currency;

-- Only of streams whose other roll-ups are kept: those of files before intervals are filled by the program
-- that takes these steps.
INSERT INTO axis_spend
SELECT c.stream, 2, c.day, i.tag_set_id, i.currency, count(*), sum(c.billed / 1000000000),
       sum(c.billed % 1000000000), sum(c.effective / 1000000000), sum(c.effective % 1000000000)
FROM charge c JOIN item i ON i.id = c.item_id
WHERE c.until_version IS NULL AND c.stream IN (SELECT DISTINCT stream FROM spend)
GROUP BY c.stream, c.day, i.tag_set_id, i.currency;
