-- Licensing freezes: dated decisions on a unit, or on an area in it (ring: JSON, millionths of a degree).
CREATE TABLE freezes (
    id {id} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    decision {text} NOT NULL,
    dated {text} NOT NULL,
    first_day {text} NOT NULL,
    last_day {text} NOT NULL,
    services {text} NOT NULL,
    service_groups {text} NOT NULL,
    ring {text} NOT NULL,
    place {text} NOT NULL,
    reason {text} NOT NULL,
    treatment {text} NOT NULL,
    lifted_on {text},
    lifted_by {text},
    version {int} NOT NULL
) {strict};
