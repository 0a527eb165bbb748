-- A text message goes to one number at a time. A notice for a channel with several numbers becomes one row for
-- each of them before it is sent for the first time: were it one row for all, a number that cannot be reached
-- would have the others told again at every attempt.
ALTER TABLE outbox ADD COLUMN recipient TEXT CHECK (recipient <> '');
