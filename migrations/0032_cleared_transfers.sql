-- What has ended can be cleared off the list: of its files only those that arrived stay, as receipts, unless
-- these are to go as well.
ALTER TABLE transfer ADD COLUMN cleared_at INTEGER;
