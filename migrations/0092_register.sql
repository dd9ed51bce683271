-- The public register of licences: nothing in it is a person's. Millionths of a degree.
CREATE TABLE licences (
    number {text} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    kind {text} NOT NULL,
    service {text} NOT NULL,
    activity {text} NOT NULL,
    place {text} NOT NULL,
    lon_e6 {int},
    lat_e6 {int},
    issued_at {int} NOT NULL,
    issued_on {text} NOT NULL,
    expires {text},
    standing {text} NOT NULL,
    replaces {text},
    replaced_by {text},
    issue {int} NOT NULL
) {strict};
--;
CREATE INDEX licences_newest ON licences (issued_at, number);
--;
CREATE INDEX licences_unit ON licences (unit, issued_at, number);
--;
-- Words under which a licence is found: folded tokens with their beginnings, and «#» words for kind, year,
-- standing and activity.
CREATE TABLE licence_words (
    word {text} NOT NULL,
    unit {text} NOT NULL,
    issued_at {int} NOT NULL,
    number {text} NOT NULL,
    PRIMARY KEY (number, word)
) {strict};
--;
CREATE INDEX licence_words_all ON licence_words (word, issued_at, number);
--;
CREATE INDEX licence_words_unit ON licence_words (unit, word, issued_at, number);
