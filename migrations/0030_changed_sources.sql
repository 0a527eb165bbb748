-- A file that was edited and had its time put back looks as it was, but for the time at which the file system
-- last changed anything about it, which nobody can put back. It is noted when the file is found.
ALTER TABLE transfer_file ADD COLUMN changed INTEGER; -- nanoseconds since 1970; nothing where a system keeps no such time
