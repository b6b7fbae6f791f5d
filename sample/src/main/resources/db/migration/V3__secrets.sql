-- Shared by all copies of the service. Two random UUIDs have 244 random bits.
CREATE TABLE secrets (
    name text PRIMARY KEY,
    value bytea NOT NULL
);
INSERT INTO secrets (name, value)
VALUES ('scopes', decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
