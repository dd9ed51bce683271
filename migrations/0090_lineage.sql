-- The paper that a request is about, and what it is to do to it. While it is under way no second request
-- may be about the same act on the same paper.
ALTER TABLE requests ADD COLUMN parent {text};
--;
ALTER TABLE requests ADD COLUMN parent_act {text};
--;
ALTER TABLE requests ADD COLUMN parent_open {int};
--;
CREATE UNIQUE INDEX requests_parent_open ON requests (tenant, parent, parent_act) WHERE parent_open = 1;
--;
CREATE INDEX requests_parent ON requests (tenant, parent, registered_at) WHERE parent IS NOT NULL;
--;
-- When the machine has to look at a paper: a reminder before its end, the end of a suspension.
ALTER TABLE papers ADD COLUMN look_on {text};
--;
CREATE INDEX papers_look ON papers (look_on, tenant, number) WHERE look_on IS NOT NULL;
--;
-- What falls due in a unit.
CREATE INDEX papers_expiry ON papers (tenant, unit, expires, number) WHERE expires IS NOT NULL;
