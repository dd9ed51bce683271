-- Forms that came after the session had ended, kept a day for whoever typed them. Page and typed
-- values are encrypted under a key of the form's own, which goes with it.
CREATE TABLE kept_forms (
    tenant {text} NOT NULL,
    id {id} NOT NULL,
    staff {id} NOT NULL,
    kept_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (tenant, id)
) {strict};
--;
CREATE INDEX kept_forms_staff ON kept_forms (staff, kept_at);
--;
CREATE INDEX kept_forms_expiry ON kept_forms (expires_at);
--;
-- Whose page a late form was on, when the browser has forgotten the session itself.
CREATE INDEX sessions_form_secret ON sessions (form_secret);
