-- The tree ministry › governorate › local unit, with outside bodies under their governorate.
CREATE TABLE units (
    unit {text} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    path {text} NOT NULL,
    kind {text} NOT NULL,
    name {text} NOT NULL,
    name_en {text} NOT NULL,
    local {int} NOT NULL,
    lon_e6 {int},
    lat_e6 {int},
    coord_source {text} NOT NULL,
    -- Codes of departments and committees, separated by spaces.
    departments {text} NOT NULL,
    version {int} NOT NULL
) {strict};
--;
CREATE UNIQUE INDEX units_path ON units (path);
--;
CREATE TABLE centres (
    centre {id} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    kind {text} NOT NULL,
    name {text} NOT NULL
) {strict};
--;
CREATE TABLE centre_windows (
    centre {id} NOT NULL,
    number {int} NOT NULL,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    name {text} NOT NULL,
    is_open {int} NOT NULL,
    PRIMARY KEY (centre, number)
) {strict};
--;
CREATE TABLE committee_members (
    member {id} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    department {text} NOT NULL,
    name {text} NOT NULL,
    capacity {text} NOT NULL
) {strict};
--;
-- Hours of a unit and of those below it that have none of their own. No last day: until changed.
CREATE TABLE working_hours (
    hours {id} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    kind {text} NOT NULL,
    name {text} NOT NULL,
    first_day {text},
    last_day {text},
    opens_minute {int} NOT NULL,
    closes_minute {int} NOT NULL
) {strict};
--;
-- Holidays of a unit and of everything below it: 00 is the whole country.
CREATE TABLE holidays (
    holiday {id} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    day {text} NOT NULL,
    name {text} NOT NULL,
    decision {text} NOT NULL,
    decided_on {text},
    confirmed {int} NOT NULL
) {strict};
--;
CREATE UNIQUE INDEX holidays_day ON holidays (unit, day);
--;
-- Versions of calendar streams, one for each unit that has hours or holidays of its own.
CREATE TABLE calendars (
    unit {text} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    version {int} NOT NULL
) {strict};
--;
-- Counts changes of the tables above, so that other processes read them again.
CREATE TABLE registry_changes (
    name {text} NOT NULL PRIMARY KEY,
    version {int} NOT NULL
) {strict};
--;
INSERT INTO registry_changes (name, version) VALUES ('units', 0);
