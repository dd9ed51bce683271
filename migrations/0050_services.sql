-- Published versions of the services, each with its exact text; national, so without a tenant.
CREATE TABLE service_versions (
    code {text} NOT NULL,
    version {int} NOT NULL,
    hash {text} NOT NULL,
    published_from {text} NOT NULL,
    published_at {int} NOT NULL,
    published_by {id},
    text {text} NOT NULL,
    PRIMARY KEY (code, version),
    UNIQUE (code, hash)
) {strict};
--;
-- Figures of a governorate. entry is the version of the stream that set it.
CREATE TABLE local_figures (
    tenant {text} NOT NULL,
    service {text} NOT NULL,
    entry {int} NOT NULL,
    figure {text} NOT NULL,
    value {text} NOT NULL,
    decision {text} NOT NULL,
    decided_on {text} NOT NULL,
    first_day {text} NOT NULL,
    last_day {text},
    withdrawn {int} NOT NULL,
    set_at {int} NOT NULL,
    set_by {id},
    PRIMARY KEY (tenant, service, entry)
) {strict};
--;
-- How far the stream of a service's figures has come in a governorate.
CREATE TABLE figure_books (
    tenant {text} NOT NULL,
    service {text} NOT NULL,
    version {int} NOT NULL,
    PRIMARY KEY (tenant, service)
) {strict};
