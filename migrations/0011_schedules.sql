-- What is done by itself, and when: bills are synced, budgets are looked at. What nobody set has no row
-- until it was first thought of; from then on it knows what it has missed.
CREATE TABLE schedule (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    connection_id INTEGER UNIQUE REFERENCES connection (id) ON DELETE CASCADE,
    cron TEXT NOT NULL CHECK (cron <> ''), -- minute, hour, day of the month, month, day of the week
    zone TEXT CHECK (zone <> ''), -- the workspace's where nothing is said
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    since INTEGER NOT NULL -- what was planned before is not made up for
) STRICT, WITHOUT ROWID;

-- Every run. A planned moment is its key, not the time at which it was looked for: a clock that goes back, a
-- second process or a night that has an hour twice finds the row and does nothing twice.
CREATE TABLE schedule_run (
    id INTEGER PRIMARY KEY,
    schedule_id TEXT NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
    planned_at INTEGER NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt > 0),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), -- running, done, failed, missed
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    retry_at INTEGER,
    text TEXT,
    job_id INTEGER REFERENCES job (id) ON DELETE SET NULL,
    process TEXT NOT NULL, -- when it has died, the run has failed
    UNIQUE (schedule_id, planned_at, attempt),
    CHECK ((state = 0) = (ended_at IS NULL)),
    CHECK (retry_at IS NULL OR state = 2)
) STRICT;
CREATE INDEX schedule_run_open ON schedule_run (state) WHERE state = 0;
CREATE INDEX schedule_run_job ON schedule_run (job_id) WHERE job_id IS NOT NULL;
