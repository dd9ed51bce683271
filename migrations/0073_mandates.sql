-- Mandates, national: who acts for whom. No clear personal text: ciphers under a key of the mandate's own,
-- and a keyed digest by which those of a principal are found. Days are ISO, scope and scan are JSON.
CREATE TABLE mandates (
    mandate {id} NOT NULL PRIMARY KEY,
    grantee {id} NOT NULL,
    principal_digest {bytes},
    principal_kind {text} NOT NULL,
    name {bytes},
    number {bytes},
    tax {bytes},
    mobile {bytes},
    capacity {text} NOT NULL,
    document {bytes},
    office {bytes},
    dated {text} NOT NULL,
    valid_from {text} NOT NULL,
    valid_to {text},
    scope {text} NOT NULL,
    scan {text},
    state {text} NOT NULL,
    settled_by {text},
    declared_at {int} NOT NULL,
    version {int} NOT NULL
) {strict};
--;
CREATE INDEX mandates_grantee ON mandates (grantee, declared_at);
--;
CREATE INDEX mandates_principal ON mandates (principal_digest);
