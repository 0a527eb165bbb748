-- Limits for what is spent, and what is told when they are reached.
--
-- What a budget is about is its scope; budgets of one scope share its sums. `scope_month` keeps what each
-- scope was charged in each month, apart from credits and tax, and apart what lies in quarantine, so that
-- neither a quarter nor a year is summed anew when one month changes. A load notes in its own transaction
-- which months it changed (`evaluation_due`); whoever evaluates takes the notes away in the transaction
-- that raises the alerts and puts the notices to be sent into the outbox. A program that stops in between
-- loses nothing and says nothing twice.

CREATE TABLE budget_scope (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 7), -- all, person, team, client, tenant, tag, service
    number INTEGER NOT NULL DEFAULT 0, -- of the person, team, client or tenant
    folded_key TEXT NOT NULL DEFAULT '', -- of the tag
    key TEXT NOT NULL DEFAULT '', -- the same, as it was written
    value TEXT NOT NULL DEFAULT '', -- of the tag, or the service's name
    is_summed INTEGER NOT NULL DEFAULT 0 CHECK (is_summed IN (0, 1)),
    UNIQUE (kind, number, folded_key, value)
) STRICT;

-- Whoever a budget is about is kept: archived, if they have gone.
CREATE TRIGGER scope_keeps_person BEFORE DELETE ON person
WHEN EXISTS (SELECT 1 FROM budget_scope WHERE kind = 2 AND number = old.id)
BEGIN SELECT raise(ABORT, 'a budget is about this person'); END;
CREATE TRIGGER scope_keeps_team BEFORE DELETE ON team
WHEN EXISTS (SELECT 1 FROM budget_scope WHERE kind = 3 AND number = old.id)
BEGIN SELECT raise(ABORT, 'a budget is about this team'); END;
CREATE TRIGGER scope_keeps_client BEFORE DELETE ON client
WHEN EXISTS (SELECT 1 FROM budget_scope WHERE kind = 4 AND number = old.id)
BEGIN SELECT raise(ABORT, 'a budget is about this client'); END;

CREATE TABLE budget (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    folded_name TEXT NOT NULL,
    scope_id INTEGER NOT NULL REFERENCES budget_scope (id),
    period INTEGER NOT NULL CHECK (period BETWEEN 1 AND 4), -- day, month, quarter, year
    currency TEXT NOT NULL CHECK (length(currency) BETWEEN 3 AND 8),
    starts INTEGER NOT NULL,
    metric INTEGER NOT NULL CHECK (metric IN (0, 1)), -- billed, effective
    credits INTEGER NOT NULL CHECK (credits IN (0, 1)),
    tax INTEGER NOT NULL CHECK (tax IN (0, 1)),
    parent_id INTEGER REFERENCES budget (id),
    note TEXT NOT NULL DEFAULT '',
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    muted_until INTEGER,
    terms INTEGER NOT NULL DEFAULT 1, -- counts how often what it measures was changed
    is_due INTEGER NOT NULL DEFAULT 1 CHECK (is_due IN (0, 1)) -- to be evaluated though no sum changed
) STRICT;
CREATE UNIQUE INDEX budget_name ON budget (folded_name) WHERE archived = 0;
CREATE INDEX budget_of_scope ON budget (scope_id);
CREATE INDEX budget_parent ON budget (parent_id) WHERE parent_id IS NOT NULL;

-- One amount for every period (month 0), or twelve, one for each month of a year.
CREATE TABLE budget_limit (
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 0 AND 12),
    units INTEGER NOT NULL CHECK (units >= 0),
    rest INTEGER NOT NULL CHECK (rest >= 0),
    PRIMARY KEY (budget_id, month)
) STRICT, WITHOUT ROWID;

-- A threshold that was taken away stays, since alerts name it.
CREATE TABLE budget_threshold (
    id INTEGER PRIMARY KEY,
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    measure INTEGER NOT NULL CHECK (measure IN (1, 2)), -- actual, forecast
    percent INTEGER CHECK (percent > 0),
    units INTEGER,
    rest INTEGER,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    CHECK ((percent IS NULL) = (units IS NOT NULL) AND (units IS NULL) = (rest IS NULL))
) STRICT;
CREATE INDEX budget_threshold_of ON budget_threshold (budget_id) WHERE removed = 0;

-- Where its alerts go besides the inbox and the desktop.
CREATE TABLE budget_channel (
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    channel_id INTEGER NOT NULL,
    PRIMARY KEY (budget_id, channel_id)
) STRICT, WITHOUT ROWID;

-- Kept sums. `plain` is all but credits and tax.
CREATE TABLE scope_month (
    scope_id INTEGER NOT NULL,
    month INTEGER NOT NULL,
    currency TEXT NOT NULL,
    quarantined INTEGER NOT NULL CHECK (quarantined IN (0, 1)),
    billed_plain_units INTEGER NOT NULL,
    billed_plain_rest INTEGER NOT NULL,
    billed_credit_units INTEGER NOT NULL,
    billed_credit_rest INTEGER NOT NULL,
    billed_tax_units INTEGER NOT NULL,
    billed_tax_rest INTEGER NOT NULL,
    effective_plain_units INTEGER NOT NULL,
    effective_plain_rest INTEGER NOT NULL,
    effective_credit_units INTEGER NOT NULL,
    effective_credit_rest INTEGER NOT NULL,
    effective_tax_units INTEGER NOT NULL,
    effective_tax_rest INTEGER NOT NULL,
    PRIMARY KEY (month, scope_id, currency, quarantined)
) STRICT, WITHOUT ROWID;

-- What a budget's running period is expected to come to, as it was last computed, and from what.
CREATE TABLE budget_forecast (
    budget_id INTEGER PRIMARY KEY REFERENCES budget (id),
    from_day INTEGER NOT NULL, -- of the period
    made_on INTEGER NOT NULL, -- the day it was made
    method TEXT NOT NULL CHECK (method <> ''),
    expected_units INTEGER NOT NULL,
    expected_rest INTEGER NOT NULL,
    low80_units INTEGER NOT NULL,
    low80_rest INTEGER NOT NULL,
    high80_units INTEGER NOT NULL,
    high80_rest INTEGER NOT NULL,
    low95_units INTEGER NOT NULL,
    low95_rest INTEGER NOT NULL,
    high95_units INTEGER NOT NULL,
    high95_rest INTEGER NOT NULL,
    chance INTEGER NOT NULL CHECK (chance BETWEEN 0 AND 1000), -- per mille, of ending above the limit
    is_stale INTEGER NOT NULL DEFAULT 0 CHECK (is_stale IN (0, 1))
) STRICT;
CREATE INDEX budget_forecast_stale ON budget_forecast (made_on) WHERE is_stale = 1;

-- Months whose charges, owners, teams or quarantine changed since budgets were last evaluated. Whatever
-- changes owners notes it itself; the rest is noted here.
CREATE TABLE evaluation_due (
    month INTEGER PRIMARY KEY CHECK (month BETWEEN 200601 AND 219912)
) STRICT;
INSERT INTO evaluation_due SELECT DISTINCT period FROM period_version WHERE counts = 1;

CREATE TRIGGER due_by_version AFTER INSERT ON period_version
WHEN NOT EXISTS (SELECT 1 FROM evaluation_due WHERE month = new.period)
BEGIN INSERT INTO evaluation_due VALUES (new.period); END;
CREATE TRIGGER due_by_counting AFTER UPDATE OF counts ON period_version
WHEN old.counts <> new.counts AND NOT EXISTS (SELECT 1 FROM evaluation_due WHERE month = new.period)
BEGIN INSERT INTO evaluation_due VALUES (new.period); END;
CREATE TRIGGER due_by_doubt AFTER INSERT ON quarantine
WHEN NOT EXISTS (SELECT 1 FROM evaluation_due WHERE month = new.period)
BEGIN INSERT INTO evaluation_due VALUES (new.period); END;
CREATE TRIGGER due_by_release AFTER UPDATE OF lifted_at, released_at ON quarantine
WHEN NOT EXISTS (SELECT 1 FROM evaluation_due WHERE month = new.period)
BEGIN INSERT INTO evaluation_due VALUES (new.period); END;
CREATE TRIGGER due_by_joining AFTER INSERT ON membership
BEGIN INSERT INTO evaluation_due SELECT DISTINCT period FROM period_version
      WHERE counts = 1 AND period NOT IN (SELECT month FROM evaluation_due); END;
CREATE TRIGGER due_by_other_days AFTER UPDATE ON membership
BEGIN INSERT INTO evaluation_due SELECT DISTINCT period FROM period_version
      WHERE counts = 1 AND period NOT IN (SELECT month FROM evaluation_due); END;
CREATE TRIGGER due_by_leaving AFTER DELETE ON membership
BEGIN INSERT INTO evaluation_due SELECT DISTINCT period FROM period_version
      WHERE counts = 1 AND period NOT IN (SELECT month FROM evaluation_due); END;

-- The day of the last evaluation: another day has other periods.
CREATE TABLE evaluation (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    on_day INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- One row a key: budget, threshold, period (by its first day) and kind; or kind and subject for those that
-- are not about a budget. `armed` says that reaching the threshold again is to be told again.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), -- budget actual, budget forecast, anomaly, digest
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
    currency TEXT NOT NULL CHECK (length(currency) BETWEEN 3 AND 8),
    limit_units INTEGER NOT NULL,
    limit_rest INTEGER NOT NULL,
    amount_units INTEGER NOT NULL,
    amount_rest INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 4), -- open, acknowledged, snoozed, cleared
    acknowledged_by TEXT CHECK (acknowledged_by <> ''),
    acknowledged_at INTEGER,
    snoozed_until INTEGER,
    cleared_at INTEGER,
    place TEXT NOT NULL,
    CHECK ((budget_id IS NULL) = (threshold_id IS NULL)),
    CHECK ((budget_id IS NULL) = (subject IS NOT NULL)),
    CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL)),
    CHECK ((state = 3) = (snoozed_until IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX alert_key ON alert (budget_id, threshold_id, from_day, kind) WHERE budget_id IS NOT NULL;
CREATE UNIQUE INDEX alert_subject ON alert (kind, subject) WHERE subject IS NOT NULL;
CREATE INDEX alert_period ON alert (from_day) WHERE budget_id IS NOT NULL;
CREATE INDEX alert_raised ON alert (raised_at DESC, id DESC);
CREATE INDEX alert_unanswered ON alert (state) WHERE state IN (1, 3);

-- Notices on their way out, written in the transaction that raises what they tell. No channel: the desktop.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    channel_id INTEGER,
    kind TEXT NOT NULL CHECK (kind <> ''),
    notice TEXT NOT NULL CHECK (json_valid(notice)),
    state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3), -- waiting, sent, failed, dropped
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    error TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (next_attempt_at) WHERE state = 0;
CREATE INDEX outbox_created ON outbox (created_at DESC, id DESC);
