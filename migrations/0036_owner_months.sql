-- What owners were charged on services day by day, a stream's month a row, packed (see
-- store::rollups::days). It takes the place of owner_spend, which had a row for each day: a year at a glance
-- reads a thirtieth of the rows. The program that takes this step fills it from there and lets owner_spend go.

CREATE TABLE owner_month (
    stream INTEGER NOT NULL,
    owner_id INTEGER NOT NULL, -- 0: nobody
    service_id INTEGER NOT NULL,
    currency TEXT NOT NULL,
    charges BLOB NOT NULL,
    billed BLOB NOT NULL,
    effective BLOB NOT NULL,
    PRIMARY KEY (stream, owner_id, service_id, currency)
) STRICT, WITHOUT ROWID;
