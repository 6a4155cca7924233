{%- set target = "/reduced/" ~ args[0] ~ "/" ~ args[1] ~ "/" ~ args[2] ~ ".series" | replace(from='"', to='""') -%}
{%- set sql = 'SELECT list(epoch_ms("timestamp") ORDER BY "timestamp") AS "timestamp",'
  ~ ' list(round(COLUMNS(* EXCLUDE ("timestamp")), 4) ORDER BY "timestamp")'
  ~ ' FROM "' ~ target ~ '" WHERE "timestamp" >= ' ~ "TIMESTAMP '" ~ since ~ "'" -%}
site.rows({{ args[2] | to_json }}, {{ query(sql=sql) | first | to_json }});
