-- Invoices are drafted on a day of the month for whom somebody chose. Where the month's figures are not final yet,
-- the run waits and looks again: a state of its own, which is no failure.
ALTER TABLE schedule ADD COLUMN recipients TEXT CHECK (recipients <> ''); -- people, or person:3 team:4; none: about nobody

CREATE TABLE schedule_run_that_waits (
    id INTEGER PRIMARY KEY,
    schedule_id TEXT NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
    planned_at INTEGER NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt > 0),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4), -- running, done, failed, missed, waiting
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    retry_at INTEGER,
    text TEXT,
    job_id INTEGER REFERENCES job (id) ON DELETE SET NULL,
    process TEXT NOT NULL, -- when it has died, the run has failed
    UNIQUE (schedule_id, planned_at, attempt),
    CHECK ((state = 0) = (ended_at IS NULL)),
    CHECK (retry_at IS NULL OR state IN (2, 4))
) STRICT;
INSERT INTO schedule_run_that_waits
    SELECT id, schedule_id, planned_at, attempt, state, started_at, ended_at, retry_at, text, job_id, process
    FROM schedule_run;
DROP TABLE schedule_run;
ALTER TABLE schedule_run_that_waits RENAME TO schedule_run;
CREATE INDEX schedule_run_open ON schedule_run (state) WHERE state = 0;
CREATE INDEX schedule_run_job ON schedule_run (job_id) WHERE job_id IS NOT NULL;
