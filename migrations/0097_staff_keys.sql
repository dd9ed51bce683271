-- Keys of programs that act as a member of staff. Only the digest of a key is kept; written by the record.
CREATE TABLE staff_keys (
    key_id {id} NOT NULL PRIMARY KEY,
    staff {id} NOT NULL,
    label {text} NOT NULL,
    digest {text} NOT NULL,
    -- Words, parted by spaces.
    scopes {text} NOT NULL,
    per_minute {int} NOT NULL,
    given_at {int} NOT NULL,
    last_day {text} NOT NULL,
    revoked {int} NOT NULL
) {strict};
--;
CREATE UNIQUE INDEX staff_keys_digest ON staff_keys (digest);
--;
CREATE INDEX staff_keys_staff ON staff_keys (staff);
--;
-- When a key was last used, noted at most once a minute.
CREATE TABLE staff_key_uses (
    key_id {id} NOT NULL PRIMARY KEY,
    used_at {int} NOT NULL
) {strict};
