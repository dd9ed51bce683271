-- Appointments. mobile is a cipher under a key of the booking's own, digest finds the bookings of one number;
-- both go when the booking is forgotten.
CREATE TABLE bookings (
    tenant {text} NOT NULL,
    id {id} NOT NULL,
    centre {id} NOT NULL,
    unit {text} NOT NULL,
    service {text} NOT NULL,
    line {text} NOT NULL,
    day {text} NOT NULL,
    minute {int} NOT NULL,
    length {int} NOT NULL,
    at {int} NOT NULL,
    number {text} NOT NULL,
    token {text} NOT NULL,
    mobile {bytes},
    digest {bytes},
    state {text} NOT NULL,
    reminded {int} NOT NULL,
    booked_at {int} NOT NULL,
    version {int} NOT NULL,
    PRIMARY KEY (tenant, id)
) {strict};
--;
CREATE UNIQUE INDEX bookings_token ON bookings (token);
--;
CREATE UNIQUE INDEX bookings_number ON bookings (tenant, centre, day, number);
--;
-- One open booking of a mobile at a centre for a service.
CREATE UNIQUE INDEX bookings_once ON bookings (tenant, centre, service, digest) WHERE state = 'booked';
--;
CREATE INDEX bookings_digest ON bookings (tenant, digest, at);
--;
-- What the hourly job looks at.
CREATE INDEX bookings_due ON bookings (state, at, tenant, id);
--;
CREATE INDEX bookings_day ON bookings (tenant, centre, day, minute, id);
--;
-- How many have a place: the constraint that no slot is overfull.
CREATE TABLE booking_slots (
    tenant {text} NOT NULL,
    centre {id} NOT NULL,
    line {text} NOT NULL,
    day {text} NOT NULL,
    minute {int} NOT NULL,
    taken {int} NOT NULL,
    capacity {int} NOT NULL,
    PRIMARY KEY (tenant, centre, line, day, minute),
    CHECK (taken >= 0 AND taken <= capacity)
) {strict};
