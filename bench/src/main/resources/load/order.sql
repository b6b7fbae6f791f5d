\set customer random(1, 5000 * :factor)
\set product random(1, 1000 * :factor)
BEGIN;
INSERT INTO purchase (customer_id, placed, state, note) VALUES (:customer, now(), 0, md5(:customer::text))
    RETURNING id AS purchase \gset
INSERT INTO line SELECT :purchase, 1 + (:product + i * 37) % (1000 * :factor), i, 10 * i, md5((:product + i)::text)
    FROM generate_series(1, 3) AS i;
UPDATE product SET stock = stock - 1 WHERE id = :product;
COMMIT;
