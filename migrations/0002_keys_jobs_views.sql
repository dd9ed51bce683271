-- A subject's key, wrapped by the node's. Erasing empties the row and keeps it.
CREATE TABLE subject_keys (
    tenant {text} NOT NULL,
    subject {id} NOT NULL,
    wrapped {bytes},
    made_at {int} NOT NULL,
    erased_at {int},
    PRIMARY KEY (tenant, subject)
) {strict};
--;
-- Work to do later, in the background. A job that failed too often stays, with its error.
CREATE TABLE jobs (
    id {id} NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    data {text} NOT NULL,
    due_at {int} NOT NULL,
    leased_until {int} NOT NULL,
    attempts {int} NOT NULL,
    failed_at {int},
    error {text},
    made_at {int} NOT NULL
) {strict};
--;
CREATE INDEX jobs_due ON jobs (due_at) WHERE failed_at IS NULL;
--;
-- Who opened which file. Each hour's rows are counted and hashed into an event.
CREATE TABLE views (
    tenant {text} NOT NULL,
    at {int} NOT NULL,
    id {id} NOT NULL,
    viewer {id} NOT NULL,
    assignment {id},
    stream_kind {text} NOT NULL,
    stream_id {id} NOT NULL,
    purpose {text} NOT NULL,
    PRIMARY KEY (tenant, at, id)
) {strict};
--;
CREATE INDEX views_stream ON views (tenant, stream_id, at);
