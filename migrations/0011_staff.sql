-- People who work here. Their names are public: they stand under decisions.
CREATE TABLE staff (
    staff {id} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    path {text} NOT NULL,
    login {text} NOT NULL,
    name {text} NOT NULL,
    search {text} NOT NULL,
    disabled {int} NOT NULL,
    version {int} NOT NULL
) {strict};
--;
CREATE UNIQUE INDEX staff_login ON staff (login);
--;
CREATE INDEX staff_path ON staff (path, search);
--;
-- Password hashes stay out of the record, which keeps everything for ever.
CREATE TABLE staff_secrets (
    staff {id} NOT NULL PRIMARY KEY,
    password {text} NOT NULL,
    must_change {int} NOT NULL,
    changed_at {int} NOT NULL
) {strict};
--;
CREATE TABLE assignments (
    assignment {id} NOT NULL PRIMARY KEY,
    staff {id} NOT NULL,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    path {text} NOT NULL,
    role {text} NOT NULL,
    department {text},
    first_day {text} NOT NULL,
    last_day {text},
    revoked {int} NOT NULL
) {strict};
--;
CREATE INDEX assignments_staff ON assignments (staff);
--;
CREATE INDEX assignments_unit ON assignments (unit, department, role);
--;
-- Only the digest of a session's token is kept.
CREATE TABLE sessions (
    token {bytes} NOT NULL PRIMARY KEY,
    staff {id} NOT NULL,
    form_secret {bytes} NOT NULL,
    started_at {int} NOT NULL,
    seen_at {int} NOT NULL,
    ended_at {int},
    address {text} NOT NULL,
    agent {text} NOT NULL
) {strict};
--;
CREATE INDEX sessions_staff ON sessions (staff, started_at);
--;
-- Failed logins per account and per address; rows are forgotten after an hour.
CREATE TABLE login_failures (
    kind {text} NOT NULL,
    subject {bytes} NOT NULL,
    failures {int} NOT NULL,
    last_at {int} NOT NULL,
    wait_until {int} NOT NULL,
    PRIMARY KEY (kind, subject)
) {strict};
--;
CREATE INDEX login_failures_age ON login_failures (last_at);
