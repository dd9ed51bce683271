-- What leaves the node: messages to people and calls to other systems. Recipient and text are
-- encrypted under a subject's key, or under a key of the message's own (`wrapped`, by the node's key).
-- Both columns are emptied when the message is over. `due_at` is the next attempt of a waiting
-- message and the end of the lease of one that is being sent.
CREATE TABLE outbox (
    tenant {text} NOT NULL,
    id {id} NOT NULL,
    channel {text} NOT NULL,
    template {text} NOT NULL,
    lang {text} NOT NULL,
    wrapped {bytes},
    content {bytes},
    urgent {int} NOT NULL,
    state {text} NOT NULL,
    due_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    attempts {int} NOT NULL,
    provider {text},
    error {text},
    made_at {int} NOT NULL,
    changed_at {int} NOT NULL,
    PRIMARY KEY (tenant, id)
) {strict};
--;
CREATE INDEX outbox_due ON outbox (channel, due_at) WHERE state IN ('waiting', 'sending');
--;
CREATE INDEX outbox_state ON outbox (state, channel, changed_at);
--;
CREATE INDEX outbox_provider ON outbox (provider) WHERE provider IS NOT NULL;
