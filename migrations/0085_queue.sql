-- The queue of a centre's windows. One ticket is one stream; rank is when it was taken less the head start of its
-- priority, so that the order is a column and nobody waits for ever.
CREATE TABLE queue_tickets (
    tenant {text} NOT NULL,
    id {id} NOT NULL,
    centre {id} NOT NULL,
    unit {text} NOT NULL,
    day {text} NOT NULL,
    class {text} NOT NULL,
    number {text} NOT NULL,
    token {text} NOT NULL,
    priority {text} NOT NULL,
    rank {int} NOT NULL,
    state {text} NOT NULL,
    desk {int},
    calls {int} NOT NULL,
    picked {int} NOT NULL,
    taken_at {int} NOT NULL,
    called_at {int},
    began_at {int},
    ended_at {int},
    booking {id},
    version {int} NOT NULL,
    PRIMARY KEY (tenant, id)
) {strict};
--;
CREATE UNIQUE INDEX queue_tickets_token ON queue_tickets (token);
--;
CREATE UNIQUE INDEX queue_tickets_number ON queue_tickets (tenant, centre, day, number);
--;
-- Whose turn it is.
CREATE INDEX queue_tickets_turn ON queue_tickets (tenant, day, centre, state, rank, taken_at, id);
--;
-- A window serves one at a time.
CREATE UNIQUE INDEX queue_tickets_desk ON queue_tickets (tenant, centre, day, desk) WHERE state IN ('called', 'serving');
--;
-- What a centre's manager has set; without a row the defaults hold.
CREATE TABLE queue_halls (
    tenant {text} NOT NULL,
    centre {id} NOT NULL,
    settings {bytes},
    version {int} NOT NULL,
    PRIMARY KEY (tenant, centre)
) {strict};
--;
-- Touch screens in the halls. digest: of the secret that the device keeps.
CREATE TABLE queue_kiosks (
    tenant {text} NOT NULL,
    id {id} NOT NULL,
    centre {id} NOT NULL,
    name {text} NOT NULL,
    digest {text} NOT NULL,
    enrolled_at {int} NOT NULL,
    withdrawn {int} NOT NULL,
    PRIMARY KEY (tenant, id)
) {strict};
--;
CREATE UNIQUE INDEX queue_kiosks_digest ON queue_kiosks (digest);
--;
-- Windows that call: on which day they were last opened, and for which kinds of desk.
CREATE TABLE queue_windows (
    tenant {text} NOT NULL,
    centre {id} NOT NULL,
    desk {int} NOT NULL,
    day {text} NOT NULL,
    lanes {text} NOT NULL,
    is_open {int} NOT NULL,
    PRIMARY KEY (tenant, centre, desk)
) {strict};
--;
-- From which tickets' numbers are drawn; anew each day.
CREATE TABLE queue_serials (
    tenant {text} NOT NULL,
    centre {id} NOT NULL,
    day {text} NOT NULL,
    class {text} NOT NULL,
    last {int} NOT NULL,
    PRIMARY KEY (tenant, centre, day, class)
) {strict};
