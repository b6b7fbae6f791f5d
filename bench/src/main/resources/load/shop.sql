-- A web shop: about 270 MB with factor 10.
CREATE TABLE customer (id integer PRIMARY KEY, name text NOT NULL, region integer NOT NULL, note text NOT NULL);
CREATE TABLE product (id integer PRIMARY KEY, category integer NOT NULL, name text NOT NULL, stock integer NOT NULL)
    WITH (fillfactor = 50);
CREATE TABLE purchase (id bigserial PRIMARY KEY, customer_id integer NOT NULL, placed timestamptz NOT NULL,
    state integer NOT NULL, note text NOT NULL);
CREATE TABLE line (purchase_id bigint NOT NULL, product_id integer NOT NULL, quantity integer NOT NULL,
    price numeric(10, 2) NOT NULL, note text NOT NULL);

INSERT INTO customer SELECT i, 'customer ' || md5(i::text), i % 50, repeat(md5(i::text), 2)
    FROM generate_series(1, 5000 * :factor) AS i;
INSERT INTO product SELECT i, i % 40, 'product ' || md5(i::text), 1000000 FROM generate_series(1, 1000 * :factor) AS i;
INSERT INTO purchase (customer_id, placed, state, note)
    SELECT 1 + i::bigint * 7919 % (5000 * :factor), timestamptz '2025-01-01 00:00Z' + i * interval '1 minute', i % 5,
        md5(i::text) FROM generate_series(1, 40000 * :factor) AS i;
INSERT INTO line SELECT 1 + i / 3, 1 + i::bigint * 104729 % (1000 * :factor), 1 + i % 7, 1 + i % 997,
        md5((i::bigint * 31)::text) || md5(i::text) FROM generate_series(0, 120000 * :factor - 1) AS i;

CREATE INDEX purchase_customer ON purchase (customer_id, placed DESC);
CREATE INDEX line_purchase ON line (purchase_id);
