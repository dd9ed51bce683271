-- Requests. What was handed in (file) and how far it has come (course) are JSON; personal values
-- in them are ciphers. The columns beside them are what lists and look-ups ask for.
CREATE TABLE requests (
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    id {id} NOT NULL,
    number {text} NOT NULL,
    service {text} NOT NULL,
    service_hash {text} NOT NULL,
    status {text} NOT NULL,
    decided {int} NOT NULL,
    subject {id} NOT NULL,
    agent {id},
    token {text} NOT NULL,
    taken_unit {text} NOT NULL,
    registered_by {id},
    registered_at {int} NOT NULL,
    registered_on {text} NOT NULL,
    due {text} NOT NULL,
    due_at {int} NOT NULL,
    version {int} NOT NULL,
    file {bytes} NOT NULL,
    course {bytes} NOT NULL,
    PRIMARY KEY (tenant, id)
) {strict};
--;
CREATE UNIQUE INDEX requests_number ON requests (tenant, number);
--;
CREATE INDEX requests_subject ON requests (tenant, subject, registered_at);
--;
-- Work of a clerk on a day.
CREATE INDEX requests_clerk ON requests (tenant, registered_by, registered_on);
--;
-- What waits for hand-over, and lists of a unit by status.
CREATE INDEX requests_status ON requests (tenant, unit, status, due_at, id);
--;
-- Desks: one row for each step that was reached, and for each question to another department.
-- unit is the unit that holds it. visit_on and inspector: the appointment that is to come.
CREATE TABLE request_steps (
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    department {text} NOT NULL,
    request {id} NOT NULL,
    step {int} NOT NULL,
    consult {int} NOT NULL,
    step_id {text} NOT NULL,
    kind {text} NOT NULL,
    number {text} NOT NULL,
    service {text} NOT NULL,
    service_hash {text} NOT NULL,
    subject {id} NOT NULL,
    state {text} NOT NULL,
    opened_at {int} NOT NULL,
    opened_on {text} NOT NULL,
    due {text} NOT NULL,
    due_at {int} NOT NULL,
    taken_by {id},
    visit_on {text},
    inspector {id},
    outcome {text},
    closed_at {int},
    PRIMARY KEY (tenant, request, step, consult)
) {strict};
--;
-- The inbox: holder × state × due; filters and counts read no table row.
CREATE INDEX request_steps_inbox
    ON request_steps (tenant, unit, department, state, due_at, request, step, consult, kind, service, taken_by);
--;
CREATE INDEX request_steps_visits ON request_steps (tenant, inspector, visit_on) WHERE visit_on IS NOT NULL;
--;
CREATE TABLE request_payments (
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    receipt {text} NOT NULL,
    request {id} NOT NULL,
    step {int} NOT NULL,
    amount {int} NOT NULL,
    slip {text} NOT NULL,
    collected_by {id},
    collected_at {int} NOT NULL,
    collected_on {text} NOT NULL,
    PRIMARY KEY (tenant, receipt)
) {strict};
--;
CREATE INDEX request_payments_day ON request_payments (tenant, collected_by, collected_on);
--;
-- Issued papers and their standing; the status list is made of this table.
CREATE TABLE papers (
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    number {text} NOT NULL,
    token {text} NOT NULL,
    request {id} NOT NULL,
    step {int} NOT NULL,
    kind {text} NOT NULL,
    service {text} NOT NULL,
    subject {id} NOT NULL,
    status_index {int} NOT NULL,
    standing {text} NOT NULL,
    issued_at {int} NOT NULL,
    issued_on {text} NOT NULL,
    expires {text},
    PRIMARY KEY (tenant, number)
) {strict};
--;
CREATE UNIQUE INDEX papers_status ON papers (tenant, status_index);
--;
CREATE INDEX papers_subject ON papers (tenant, subject);
--;
-- Codes of QRs, of slips (kind request) and papers (kind paper): where to look. Without tenant,
-- because the code alone is known.
CREATE TABLE tokens (
    token {text} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    kind {text} NOT NULL,
    id {id} NOT NULL
) {strict};
