-- Alerts that are about no money: keys of a tenant's users that are overdue, users whose last day is over, limits
-- that are near or reached. They have no currency and no amounts. A constraint of a table cannot be changed, so
-- that the table is made anew and what is in it carried over.
--
-- What was told of a tenant's limit is an alert now, and no longer a word with the tenant.

CREATE TABLE alert_of_anything (
    id INTEGER PRIMARY KEY,
    -- budget actual, budget forecast, anomaly, digest, tenant's key, tenant's user, tenant's quota
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 7),
    budget_id INTEGER REFERENCES budget (id),
    threshold_id INTEGER REFERENCES budget_threshold (id),
    subject TEXT CHECK (subject <> ''),
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL CHECK (to_day >= from_day),
    raised_at INTEGER NOT NULL,
    times INTEGER NOT NULL DEFAULT 1 CHECK (times > 0),
    terms INTEGER NOT NULL DEFAULT 0,
    armed INTEGER NOT NULL DEFAULT 0 CHECK (armed IN (0, 1)),
    severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 3), -- notice, warning, urgent
    title TEXT NOT NULL CHECK (title <> ''),
    text TEXT NOT NULL,
    currency TEXT CHECK (length(currency) BETWEEN 3 AND 8),
    limit_units INTEGER,
    limit_rest INTEGER,
    amount_units INTEGER,
    amount_rest INTEGER,
    state INTEGER NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 4), -- open, acknowledged, snoozed, cleared
    acknowledged_by TEXT CHECK (acknowledged_by <> ''),
    acknowledged_at INTEGER,
    snoozed_until INTEGER,
    cleared_at INTEGER,
    place TEXT NOT NULL,
    CHECK ((budget_id IS NULL) = (threshold_id IS NULL)),
    CHECK ((budget_id IS NULL) = (subject IS NOT NULL)),
    CHECK ((currency IS NULL) = (limit_units IS NULL) AND (currency IS NULL) = (limit_rest IS NULL)),
    CHECK ((currency IS NULL) = (amount_units IS NULL) AND (currency IS NULL) = (amount_rest IS NULL)),
    CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL)),
    CHECK ((state = 3) = (snoozed_until IS NOT NULL))
) STRICT;
INSERT INTO alert_of_anything
    SELECT id, kind, budget_id, threshold_id, subject, from_day, to_day, raised_at, times, terms, armed, severity,
        title, text, currency, limit_units, limit_rest, amount_units, amount_rest, state, acknowledged_by,
        acknowledged_at, snoozed_until, cleared_at, place
    FROM alert;
DROP TABLE alert;
ALTER TABLE alert_of_anything RENAME TO alert;
CREATE UNIQUE INDEX alert_key ON alert (budget_id, threshold_id, from_day, kind) WHERE budget_id IS NOT NULL;
CREATE UNIQUE INDEX alert_subject ON alert (kind, subject) WHERE subject IS NOT NULL;
CREATE INDEX alert_period ON alert (from_day) WHERE budget_id IS NOT NULL;
CREATE INDEX alert_raised ON alert (raised_at DESC, id DESC);
CREATE INDEX alert_unanswered ON alert (state) WHERE state IN (1, 3);

ALTER TABLE tenant DROP COLUMN told;
