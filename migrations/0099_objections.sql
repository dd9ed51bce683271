-- Objections to refusals: what waits before the head of a unit, and what became of it. No words, no name.
CREATE TABLE objections (
    tenant {text} NOT NULL,
    request {id} NOT NULL,
    objection {int} NOT NULL,
    unit {text} NOT NULL,
    number {text} NOT NULL,
    service {text} NOT NULL,
    filed_at {int} NOT NULL,
    filed_on {text} NOT NULL,
    ruling {text},
    ruled_on {text},
    PRIMARY KEY (tenant, request, objection)
) {strict};
--;
CREATE INDEX objections_open ON objections (unit, filed_at, request) WHERE ruling IS NULL;
