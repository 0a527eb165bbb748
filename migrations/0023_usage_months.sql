-- What usage costs a day, by sub account, service and SKU: one row a stream's month, packed (see
-- store::rollups::days). It changes by what changes, like the other roll-ups; the search for what is unusual
-- read every charge of a month for it after each load. The program that takes this step fills it.

CREATE TABLE usage_month (
    stream INTEGER NOT NULL,
    sub_account_id INTEGER NOT NULL, -- 0: none
    service_id INTEGER NOT NULL,
    sku_id INTEGER NOT NULL,
    currency TEXT NOT NULL,
    days BLOB NOT NULL,
    PRIMARY KEY (stream, sub_account_id, service_id, sku_id, currency)
) STRICT, WITHOUT ROWID;
