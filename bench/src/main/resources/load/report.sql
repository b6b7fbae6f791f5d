\set first random(1, 38000 * :factor)
SELECT region, category, sold, rank() OVER (PARTITION BY category ORDER BY sold DESC) FROM (
    SELECT c.region, pr.category, sum(l.quantity * l.price) AS sold, count(DISTINCT c.id) AS buyers
        FROM purchase p JOIN line l ON l.purchase_id = p.id JOIN customer c ON c.id = p.customer_id
            JOIN product pr ON pr.id = l.product_id
        WHERE p.id BETWEEN :first AND :first + 8000 GROUP BY c.region, pr.category) AS sales
    ORDER BY sold DESC LIMIT 100;
