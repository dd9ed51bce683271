-- A keyed code over the digest, written with the event: the sealer seals nothing that lacks it.
-- Events sealed before there was one keep NULL; their seal stands for them.
ALTER TABLE events ADD COLUMN mac {bytes};
