-- How fast all transfers of the workspace together may be, by the time of the week: the office line is for
-- people by day and for files by night.
CREATE TABLE transfer_limit (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    usual INTEGER CHECK (usual > 0), -- bytes per second; as fast as the line where nothing is said
    zone TEXT NOT NULL -- of the windows
) STRICT;
CREATE TABLE transfer_window (
    ordinal INTEGER PRIMARY KEY, -- the first that holds counts
    days INTEGER NOT NULL CHECK (days BETWEEN 0 AND 127), -- a bit for each day that it begins on, Monday's the lowest; 0: every day
    from_minute INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
    to_minute INTEGER NOT NULL CHECK (to_minute BETWEEN 0 AND 1439), -- not later than from_minute: of the next day
    bytes_per_second INTEGER CHECK (bytes_per_second > 0)
) STRICT;
