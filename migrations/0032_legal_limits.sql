-- Limits of the law: when the machine has to look at a request (none while the applicant is waited for),
-- and what the law made of silence.
ALTER TABLE requests ADD COLUMN law_due_at {int};
--;
ALTER TABLE requests ADD COLUMN by_law {text};
--;
CREATE INDEX requests_law ON requests (law_due_at, tenant, id) WHERE law_due_at IS NOT NULL;
--;
CREATE INDEX requests_by_law ON requests (tenant, unit, id) WHERE by_law IS NOT NULL;
--;
-- The same on the desk: the last day of the law beside the desk's own; due_at is the earlier of the two.
ALTER TABLE request_steps ADD COLUMN law_due {text};
--;
ALTER TABLE request_steps ADD COLUMN by_law {text};
