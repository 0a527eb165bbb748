-- Costs by tag, over whole months, were summed from the charges themselves: a third of a second for a
-- quarter of a million of them. The roll-up by month knows resources; nearly every resource has one tag
-- set in a month, so with the tag set it hardly grows and answers questions about tags too.

DROP TABLE resource_spend;

CREATE TABLE resource_spend (
    version_id INTEGER NOT NULL REFERENCES period_version (id),
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
    PRIMARY KEY (version_id, owner_id, service_id, resource_id, tag_set_id, sub_account_id, region_id,
                 category, currency)
) STRICT, WITHOUT ROWID;

INSERT INTO resource_spend
SELECT version_id, ifnull(owner_id, 0), service_id, ifnull(resource_id, 0), tag_set_id,
       ifnull(sub_account_id, 0), ifnull(region_id, 0), category, currency, count(*),
       sum(billed / 1000000000), sum(billed % 1000000000),
       sum(effective / 1000000000), sum(effective % 1000000000)
FROM charge
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
