\set customer random(1, 5000 * :factor)
\set product random(1, 1000 * :factor)
SELECT name, region, note FROM customer WHERE id = :customer;
SELECT p.id, p.placed, sum(l.quantity * l.price) FROM purchase p JOIN line l ON l.purchase_id = p.id
    WHERE p.customer_id = :customer GROUP BY p.id ORDER BY p.placed DESC LIMIT 10;
SELECT name, stock FROM product WHERE id = :product;
