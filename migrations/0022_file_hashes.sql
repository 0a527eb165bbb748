-- Files are told apart by BLAKE3: with SHA-256, hashing a bill took as long as reading it. What older
-- versions know of their files stays as it is.

ALTER TABLE period_version ADD COLUMN blake3 BLOB CHECK (length(blake3) = 32);
ALTER TABLE period_version RENAME COLUMN content_sha256 TO content_hash;

-- Nobody asks by it.
DROP INDEX period_version_sha256;
