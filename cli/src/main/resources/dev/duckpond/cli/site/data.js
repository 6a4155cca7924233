{#- The rows of one series for the charts. Plain numbers would be six times as much to load, so:
  - each column has as many digits as tell some hundred to thousand steps between its low and its high values;
  - a reading is its difference to the one before it, as an integer: 12 means 12 steps higher;
  - what is so far away from the rest that its steps cannot be counted exactly is left out;
  - 5:12 is five buckets later and not one; 12_3 has a lowest 3 below and a highest 3 above, 12_3_4 one 4 above.
-#}
{%- set target = "/reduced/" ~ args[0] ~ "/" ~ args[1] ~ "/" ~ args[2] ~ ".series" | replace(from='"', to='""') -%}
{%- set sql = `
  WITH readings AS (
    SELECT epoch_ms("timestamp") AS t, COLUMNS(* EXCLUDE ("timestamp"))::DOUBLE
    FROM "` ~ target ~ `" WHERE "timestamp" >= TIMESTAMP '` ~ since ~ `'
  ), bucket AS (
    SELECT greatest(1, list_reduce(list(DISTINCT later), lambda a, b: gcd(a, b), 0)) AS step
    FROM (SELECT t - lag(t, 1, t) OVER (ORDER BY t) AS later FROM readings)
  ), measured AS (
    SELECT t, regexp_replace(name, '[.](avg|min|max)$', '') AS field, max(v) FILTER (name LIKE '%.min') AS low,
      max(v) FILTER (name LIKE '%.max') AS high, coalesce(max(v) FILTER (name LIKE '%.avg'), max(v)) AS mean
    FROM (UNPIVOT readings ON COLUMNS(* EXCLUDE (t)) INTO NAME name VALUE v) WHERE isfinite(v) GROUP BY ALL
  ), spread AS (
    SELECT field, floor(3.5 - log10(CASE WHEN wide > 1e-9 * size THEN wide WHEN size > 0 THEN size ELSE 1 END))::INTEGER AS digits
    FROM (SELECT field, quantile_cont(mean, 0.95) - quantile_cont(mean, 0.05) AS wide, abs(median(mean)) AS size
      FROM measured GROUP BY field)
  ), counted AS (
    SELECT field, digits, t, round(mean * pow(10, digits))::BIGINT AS v,
      v - round(low * pow(10, digits))::BIGINT AS below, round(high * pow(10, digits))::BIGINT - v AS above
    FROM measured JOIN spread USING (field)
    WHERE greatest(abs(mean), abs(low), abs(high)) * pow(10, digits) < 9e15
  ), changes AS (
    SELECT *, (t - lag(t) OVER earlier) // (SELECT step FROM bucket) AS later, v - lag(v, 1, 0) OVER earlier AS change
    FROM counted WINDOW earlier AS (PARTITION BY field ORDER BY t)
  )
  SELECT field, any_value(digits) AS digits, min(t) AS first, (SELECT step FROM bucket) AS step,
    string_agg(concat(CASE WHEN later <> 1 THEN later || ':' END, change,
      CASE WHEN below <> 0 OR above <> 0 THEN '_' || below END,
      CASE WHEN above <> below THEN '_' || above END), ',' ORDER BY t) AS readings
  FROM changes GROUP BY field ORDER BY field` -%}
site.rows({{ args[2] | to_json }}, {{ query(sql=sql) | to_json }});
