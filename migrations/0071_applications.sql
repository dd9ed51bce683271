-- Applications begun online and not sent yet. What was typed is encrypted under a key of the
-- application's own, which is the request's later and lies over its files. The version keeps two devices
-- from overwriting each other.
CREATE TABLE applications (
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    id {id} NOT NULL,
    account {id} NOT NULL,
    mandate {id},
    service {text} NOT NULL,
    service_hash {text} NOT NULL,
    version {int} NOT NULL,
    begun_at {int} NOT NULL,
    saved_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (tenant, id)
) {strict};
--;
CREATE UNIQUE INDEX applications_id ON applications (id);
--;
CREATE INDEX applications_account ON applications (account, saved_at);
--;
CREATE INDEX applications_expiry ON applications (expires_at);
