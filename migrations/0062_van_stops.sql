-- Where a mobile centre stands on which day.
CREATE TABLE van_stops (
    stop {id} NOT NULL PRIMARY KEY,
    tenant {text} NOT NULL,
    unit {text} NOT NULL,
    centre {id} NOT NULL,
    day {text} NOT NULL,
    place {text} NOT NULL,
    opens_minute {int} NOT NULL,
    closes_minute {int} NOT NULL
) {strict};
--;
CREATE INDEX van_stops_unit ON van_stops (unit, day);
