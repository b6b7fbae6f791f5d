\set first random(1, 38000 * :factor)
-- The hundred best-selling lines of each category, by region and category.
SELECT region, category, count(*), sum(amount), count(DISTINCT customer), max(place) FROM (
    SELECT c.region, pr.category, c.id AS customer, l.quantity * l.price AS amount,
            rank() OVER (PARTITION BY pr.category ORDER BY l.quantity * l.price DESC) AS place
        FROM purchase p JOIN line l ON l.purchase_id = p.id JOIN customer c ON c.id = p.customer_id
            JOIN product pr ON pr.id = l.product_id
        WHERE p.id BETWEEN :first AND :first + 8000) AS sales
    WHERE place <= 100 GROUP BY region, category ORDER BY sum(amount) DESC LIMIT 100;
