-- Requests that somebody is the agent of: asked before a person is erased.
CREATE INDEX requests_agent ON requests (tenant, agent) WHERE agent IS NOT NULL;
