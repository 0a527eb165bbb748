-- A roll-up in Athena is paid for. What all of a sync's may cost at the most without anybody being asked; with
-- nothing, as for those set up before, each sync asks.
ALTER TABLE athena ADD COLUMN agreed_nanos INTEGER NOT NULL DEFAULT 0 CHECK (agreed_nanos >= 0);
