-- Files of people, units and holidays that were taken over, each one batch. Written by the record.
CREATE TABLE imports (
    number {int} NOT NULL PRIMARY KEY,
    -- 00 if it brought something for more than one governorate.
    tenant {text} NOT NULL,
    content {text} NOT NULL,
    file {text} NOT NULL,
    sha256 {text} NOT NULL,
    file_rows {int} NOT NULL,
    items {int} NOT NULL,
    imported_at {int} NOT NULL,
    imported_by {id},
    undone_at {int},
    reason {text} NOT NULL,
    version {int} NOT NULL
) {strict};
--;
CREATE INDEX imports_tenant ON imports (tenant, number);
--;
-- What a batch brought, so that it can be taken back.
CREATE TABLE import_items (
    number {int} NOT NULL,
    position {int} NOT NULL,
    tenant {text} NOT NULL,
    id {id} NOT NULL,
    label {text} NOT NULL,
    version {int} NOT NULL,
    PRIMARY KEY (number, position)
) {strict};
