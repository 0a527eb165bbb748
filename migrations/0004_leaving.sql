-- A program that closes the file first notes here, in the file itself, that it is about to give up the log:
-- SQLite takes the log away before it marks the file as having none, and a program may die in between.
-- What it had written was in the file by then.

ALTER TABLE closing ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0 CHECK (leaving IN (0, 1));
