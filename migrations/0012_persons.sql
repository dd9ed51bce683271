-- Applicants: people, companies, bodies, per tenant. No clear personal text: ciphers and keyed
-- digests only. An erased person keeps an empty row.
CREATE TABLE persons (
    tenant {text} NOT NULL,
    person {id} NOT NULL,
    kind {text} NOT NULL,
    identity_kind {text},
    identity_digest {bytes},
    name {bytes},
    identity {bytes},
    mobile {bytes},
    email {bytes},
    address {bytes},
    erased {int} NOT NULL,
    version {int} NOT NULL,
    PRIMARY KEY (tenant, person)
) {strict};
--;
CREATE UNIQUE INDEX persons_identity ON persons (tenant, identity_digest);
--;
-- Names are found by keyed digests of their folded words, beginnings and one-slip spellings.
CREATE TABLE person_tokens (
    tenant {text} NOT NULL,
    token {bytes} NOT NULL,
    person {id} NOT NULL,
    PRIMARY KEY (tenant, token, person)
) {strict};
--;
CREATE INDEX person_tokens_person ON person_tokens (tenant, person);
