-- What is unusual in what things cost a day.
--
-- It is looked for in each *leaf*: what one account uses of one usage type of one service, in one currency.
-- None of the kept roll-ups knows usage types by day, so what a leaf costs a day is kept here, a month a
-- row, packed (see store::anomalies::days). Nothing of it is written while a bill is loaded: `watched_month` says
-- what a month's rows were made from, and whoever asks next makes those anew whose bill has changed.

CREATE TABLE leaf (
    id INTEGER PRIMARY KEY,
    billing_account_id INTEGER NOT NULL REFERENCES billing_account (id),
    sub_account_id INTEGER NOT NULL, -- 0: none
    service_id INTEGER NOT NULL REFERENCES service (id),
    usage_type TEXT NOT NULL, -- or the SKU; may be empty
    currency TEXT NOT NULL CHECK (length(currency) BETWEEN 3 AND 8),
    UNIQUE (billing_account_id, sub_account_id, service_id, usage_type, currency)
) STRICT;

-- Usage only, amortised, without corrections of invoiced months.
CREATE TABLE leaf_month (
    billing_account_id INTEGER NOT NULL,
    leaf_id INTEGER NOT NULL,
    period INTEGER NOT NULL,
    days BLOB NOT NULL,
    PRIMARY KEY (billing_account_id, leaf_id, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaf_month_period ON leaf_month (billing_account_id, period);

-- `rests_on` names the counted versions and the currencies in quarantine; `used` has a bit for each day on
-- which anything was used at all.
CREATE TABLE watched_month (
    billing_account_id INTEGER NOT NULL,
    period INTEGER NOT NULL,
    rests_on TEXT NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (billing_account_id, period)
) STRICT, WITHOUT ROWID;

-- What was found. One that somebody judged stays when it is not found any more (`stands` is 0 then), since
-- what was said of it is used for the leaf's others.
CREATE TABLE anomaly (
    id INTEGER PRIMARY KEY,
    leaf_id INTEGER NOT NULL REFERENCES leaf (id),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6), -- spike, drop, level, new, drift, one-off
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL CHECK (to_day >= from_day),
    expected_units INTEGER NOT NULL,
    expected_rest INTEGER NOT NULL,
    actual_units INTEGER NOT NULL,
    actual_rest INTEGER NOT NULL,
    parts TEXT NOT NULL CHECK (json_valid(parts)), -- by resource and region
    found_at INTEGER NOT NULL,
    stands INTEGER NOT NULL DEFAULT 1 CHECK (stands IN (0, 1)),
    verdict INTEGER CHECK (verdict IN (1, 2)), -- expected, unexpected
    note TEXT NOT NULL DEFAULT '',
    CHECK (stands = 1 OR verdict IS NOT NULL)
) STRICT;
CREATE INDEX anomaly_leaf ON anomaly (leaf_id);
CREATE INDEX anomaly_days ON anomaly (to_day) WHERE stands = 1;

-- From how much at stake on, in whole units of the bill's currency, an anomaly is told to people.
ALTER TABLE setting ADD COLUMN anomaly_alert_from INTEGER NOT NULL DEFAULT 100
    CHECK (anomaly_alert_from BETWEEN 0 AND 1000000000);
