-- Books of numbers: the last serial of each unit, kind and year. `first` is the first serial that
-- this system gave, after a start value for going live in mid-year.
CREATE TABLE books (
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    kind {int} NOT NULL,
    year {int} NOT NULL,
    first {int} NOT NULL,
    last {int} NOT NULL,
    PRIMARY KEY (tenant, unit, kind, year)
) {strict};
--;
-- Parked intake forms. The typed values are encrypted under a key of the draft's own, which goes
-- with it.
CREATE TABLE drafts (
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    id {id} NOT NULL,
    clerk {id} NOT NULL,
    service {text} NOT NULL,
    saved_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (tenant, id)
) {strict};
--;
CREATE INDEX drafts_clerk ON drafts (tenant, clerk, saved_at);
--;
CREATE INDEX drafts_expiry ON drafts (expires_at);
--;
-- Files stored for a request; kept = an event names it. What is never named is swept.
CREATE TABLE uploads (
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    request {id} NOT NULL,
    hash {text} NOT NULL,
    media {text} NOT NULL,
    size {int} NOT NULL,
    uploaded_by {id},
    uploaded_at {int} NOT NULL,
    kept {int} NOT NULL,
    PRIMARY KEY (tenant, request, hash)
) {strict};
--;
CREATE INDEX uploads_orphans ON uploads (uploaded_at) WHERE kept = 0;
