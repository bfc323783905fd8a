# Checks a Google CSV with DuckDB: the rules of polars_check.py.
import sys
import duckdb

PHONE = r"[0-9+\-*#PTpt()\x{3000} ]*"
source, results = sys.argv[1], sys.argv[1] + ".duckdb.csv"
# A quoted cell may have line breaks, which DuckDB reads on one thread alone unless the file is known to have none.
duckdb.sql(f"""
    CREATE TABLE records AS
    SELECT row_number() OVER () + 1 AS line,
        "Last Name" || ' ' || "First Name" AS name,
        lower(trim("E-mail 1 - Value")) AS email,
        CASE
            WHEN "First Name" = '' AND "Last Name" = '' THEN 'NAME_MISSING'
            WHEN email = '' AND "Phone 1 - Value" = '' AND "Phone 2 - Value" = '' THEN 'EMAIL_OR_TELEPHONE_MISSING'
            WHEN NOT regexp_full_match("Phone 1 - Value", '{PHONE}')
                OR NOT regexp_full_match("Phone 2 - Value", '{PHONE}') THEN 'PHONE_PATTERN'
            WHEN Birthday <> '' AND try_strptime(Birthday, '%Y-%m-%d') IS NULL THEN 'DATE_INVALID'
            WHEN length("First Name") > 100 OR length("Last Name") > 100 THEN 'TOO_LONG'
            WHEN length(email) > 256 OR length(Notes) > 5000 THEN 'TOO_LONG'
            ELSE ''
        END AS code
    FROM read_csv('{source}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', parallel = false,
        nullstr = 'no cell is NULL')
""")
duckdb.sql(f"""
    COPY (
        SELECT *, CASE
            WHEN code <> '' THEN 'invalid'
            WHEN email <> '' AND row_number() OVER (PARTITION BY name, email ORDER BY line) > 1 THEN 'duplicate'
            ELSE 'valid'
        END AS outcome
        FROM records ORDER BY line
    ) TO '{results}' (HEADER)
""")
print(duckdb.sql(f"SELECT outcome, count(*) FROM read_csv('{results}') GROUP BY outcome").fetchall())
