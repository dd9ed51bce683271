-- The mandate under which the account acted that sent a request in.
ALTER TABLE requests ADD COLUMN mandate {id};
