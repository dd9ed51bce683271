-- The record. The application may INSERT and SELECT here; only the sealer sets number and chain.
CREATE TABLE events (
    tenant {text} NOT NULL,
    stream_kind {text} NOT NULL,
    stream_id {id} NOT NULL,
    version {int} NOT NULL,
    id {id} NOT NULL,
    kind {text} NOT NULL,
    command {id} NOT NULL,
    ordinal {int} NOT NULL,
    occurred_at {int} NOT NULL,
    recorded_at {int} NOT NULL,
    actor {id},
    assignment {id},
    on_behalf {id},
    node {text} NOT NULL,
    epoch {int} NOT NULL,
    data {bytes} NOT NULL,
    digest {bytes} NOT NULL,
    number {int},
    chain {bytes},
    PRIMARY KEY (tenant, stream_kind, stream_id, version)
) {strict};
--;
-- Idempotency: a command enters a tenant's record once.
CREATE UNIQUE INDEX events_command ON events (tenant, command, ordinal);
--;
-- Positions of followers and the walk of the verifier.
CREATE UNIQUE INDEX events_number ON events (number);
--;
-- What waits for the sealer. It is nearly empty, so an index over all ids is not needed.
CREATE UNIQUE INDEX events_unsealed ON events (id) WHERE number IS NULL;
--;
-- One row for each signed batch of the sealer.
CREATE TABLE seals (
    last {int} NOT NULL PRIMARY KEY,
    first {int} NOT NULL UNIQUE,
    epoch {int} NOT NULL,
    head {bytes} NOT NULL,
    at {int} NOT NULL,
    fence {int} NOT NULL,
    signature {bytes} NOT NULL
) {strict};
--;
-- One row for each beginning of the node: its making, each restore, each new node key.
CREATE TABLE epochs (
    epoch {int} NOT NULL PRIMARY KEY,
    node {text} NOT NULL,
    public_key {bytes} NOT NULL,
    opened_at {int} NOT NULL,
    reason {text} NOT NULL,
    after_number {int} NOT NULL,
    after_head {bytes} NOT NULL,
    signature {bytes} NOT NULL
) {strict};
--;
-- Who may do what only one process may do; the fence rises with each change of holder.
CREATE TABLE leases (
    name {text} NOT NULL PRIMARY KEY,
    holder {id} NOT NULL,
    fence {int} NOT NULL,
    held_until {int} NOT NULL
) {strict};
--;
-- How far each follower has read, and what stops it.
CREATE TABLE followers (
    name {text} NOT NULL PRIMARY KEY,
    position {int} NOT NULL,
    moved_at {int} NOT NULL,
    attempts {int} NOT NULL,
    retry_at {int} NOT NULL,
    error {text}
) {strict};
