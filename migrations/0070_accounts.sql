-- Citizens' accounts, national. No clear personal text: ciphers under a key of the account's own,
-- and keyed digests of the national id alone and together with the mobile, by which one signs in.
CREATE TABLE accounts (
    account {id} NOT NULL PRIMARY KEY,
    identity_digest {bytes},
    login_digest {bytes},
    name {bytes},
    national_id {bytes},
    mobile {bytes},
    email {bytes},
    language {text} NOT NULL,
    confirmed {int} NOT NULL,
    closed {int} NOT NULL,
    version {int} NOT NULL
) {strict};
--;
CREATE UNIQUE INDEX accounts_login ON accounts (login_digest);
--;
CREATE INDEX accounts_identity ON accounts (identity_digest);
--;
-- Only the digest of a session's token is kept.
CREATE TABLE account_sessions (
    token {bytes} NOT NULL PRIMARY KEY,
    account {id} NOT NULL,
    form_secret {bytes} NOT NULL,
    started_at {int} NOT NULL,
    seen_at {int} NOT NULL,
    ended_at {int},
    address {text} NOT NULL,
    agent {text} NOT NULL
) {strict};
--;
CREATE INDEX account_sessions_account ON account_sessions (account, started_at);
--;
CREATE INDEX account_sessions_form_secret ON account_sessions (form_secret);
--;
-- Codes sent to a mobile, each good for some minutes and a few tries. What was typed lies under a key
-- of the code's own, which goes with it.
CREATE TABLE login_codes (
    id {id} NOT NULL PRIMARY KEY,
    code {bytes} NOT NULL,
    content {bytes} NOT NULL,
    tries {int} NOT NULL,
    passed {int} NOT NULL,
    sent_at {int} NOT NULL,
    expires_at {int} NOT NULL
) {strict};
--;
CREATE INDEX login_codes_expiry ON login_codes (expires_at);
--;
-- Whether the values of an applicant were last told at a window, by somebody who saw the person's papers.
ALTER TABLE persons ADD COLUMN vouched {int} NOT NULL DEFAULT 1;
--;
-- A person's records in all governorates, for their account.
CREATE INDEX persons_identity_everywhere ON persons (identity_digest);
--;
-- The account from which a request was sent in, or whose holder acts in it.
ALTER TABLE requests ADD COLUMN account {id};
--;
CREATE INDEX requests_account ON requests (account, registered_at) WHERE account IS NOT NULL;
