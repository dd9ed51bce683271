-- Whose message it is, as a bare id, so that a person reads in their account what was sent to them also
-- after recipient and text are gone. None for messages under a key of their own.
ALTER TABLE outbox ADD COLUMN subject {id};
--;
CREATE INDEX outbox_subject ON outbox (tenant, subject, made_at) WHERE subject IS NOT NULL;
