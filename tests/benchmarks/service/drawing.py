"""Who has sent what when, decided in SQL before anything is written."""

# Every order there will be, in the order of time. Customers: -1 is the reseller, 0 the
# huge one, 1 the small one, 2 and up the others.
DRAWN = """
CREATE TEMP TABLE drawn ON COMMIT DROP AS
WITH lots AS (
    SELECT k AS no, row_number() OVER (ORDER BY md5(k::text)) AS lot
    FROM generate_series(1, %(orders)s) AS k
),
owned AS (
    SELECT no, CASE WHEN lot <= %(huge)s THEN 0
            WHEN lot <= %(huge)s + %(small)s THEN 1
            WHEN lot <= %(huge)s + %(small)s + %(reseller)s THEN -1
            ELSE 2 + lot %% %(customers)s END AS customer_no
    FROM lots
    UNION ALL
    -- Those that are there to be confirmed.
    SELECT %(orders)s + k, 2 + k %% %(customers)s
    FROM generate_series(1, %(fresh)s) AS k
),
turned AS (
    SELECT *, row_number() OVER (PARTITION BY customer_no ORDER BY no DESC) AS turn,
        count(*) OVER (PARTITION BY customer_no) AS total
    FROM owned
),
opened AS (
    SELECT *,
        CASE WHEN customer_no < 2 THEN turn ELSE no END AS pick,
        -- The newest ones, of six weeks in three years.
        CASE customer_no WHEN 1 THEN turn <= %(small_open)s
            WHEN 0 THEN turn <= %(huge_open)s WHEN -1 THEN turn <= total / 25
            ELSE no > %(orders)s / 25 * 24 END AS is_open
    FROM turned
)
SELECT no, customer_no, turn, pick,
    -- Each device comes twice, but never while it is here.
    1 + (turn - 1) %% ((total + 1) / 2) AS device_turn,
    turn <= (total + 1) / 2 AS is_last,
    CASE WHEN no > %(orders)s THEN 'submitted'
        WHEN is_open THEN (ARRAY[
            'draft', 'at_location', 'submitted', 'at_location', 'at_location',
            'confirmed', 'submitted', 'at_location', 'confirmed', 'confirmed'
        ])[1 + pick %% 10]
        WHEN pick %% 25 = 7 THEN 'cancelled' ELSE 'completed' END AS state,
    now() AT TIME ZONE 'UTC' - greatest(%(orders)s - no, 0)
        * interval '3 years' / %(orders)s AS ordered_on
FROM opened
"""

DEVICES = """
CREATE TEMP TABLE device ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY customer_no, device_turn) AS no,
    customer_no, device_turn,
    bool_or(state <> 'draft') AS is_registered
FROM drawn
GROUP BY customer_no, device_turn
"""

# What resellers ship, up to ten devices of one location in a parcel.
PARCELS = """
CREATE TEMP TABLE packed ON COMMIT DROP AS
WITH sent AS (
    SELECT no AS order_no, customer_no, no %% %(locations)s AS location_no, state,
        (row_number() OVER (
            PARTITION BY customer_no, no %% %(locations)s, state = 'confirmed'
            ORDER BY no
        ) - 1) / 10 AS turn,
        ordered_on
    FROM drawn
    WHERE customer_no < 1
        -- What is confirmed has still to be shipped, but for a few.
        AND (state IN ('at_location', 'completed')
            OR state = 'confirmed' AND pick %% 20 = 5)
)
SELECT *, dense_rank() OVER (
        ORDER BY customer_no, state = 'confirmed', location_no, turn
    ) AS no
FROM sent
"""

# The whole of an order, as it is written.
ORDERED = """
CREATE TEMP TABLE ordered ON COMMIT DROP AS
SELECT d.*, c.id AS customer_id, c.contact_id, c.name AS customer_name,
    device.no AS device_no, packed.no AS shipment_no, status.id AS status_id,
    d.state IN ('submitted', 'confirmed', 'at_location') AS is_open,
    array_position(
        ARRAY['submitted', 'confirmed', 'at_location', 'completed'], d.state
    ) AS steps,
    -- A part of them was offered to the customers.
    CASE WHEN d.state = 'at_location' AND d.pick %% 10 = 4 THEN 'sent'
        WHEN d.state = 'completed' AND d.pick %% 10 = 4 AND d.customer_no <> 1
            THEN 'sale' END AS quotation_state
FROM drawn AS d
JOIN customer AS c ON c.no = d.customer_no
JOIN device USING (customer_no, device_turn)
JOIN customer_service_status AS status ON status.state = d.state AND status.is_default
LEFT JOIN packed ON packed.order_no = d.no
"""

# What has been noted about each order on its way.
LOGGED = """
SELECT row_number() OVER (ORDER BY o.no, step.place) AS no, o.no AS order_no,
    step.state, status.id AS status_id,
    o.ordered_on + step.hours * interval '1 hour' AS logged_on
FROM ordered AS o
JOIN (VALUES
    (1, 'submitted', 0), (2, 'confirmed', 4), (3, 'at_location', 52),
    (4, 'completed', 240), (5, 'cancelled', 6)
) AS step (place, state, hours)
    ON step.place <= o.steps OR o.state = 'cancelled' AND step.place IN (1, 5)
JOIN customer_service_status AS status
    ON status.state = step.state AND status.is_default
"""
