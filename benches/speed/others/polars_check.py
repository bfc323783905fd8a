# Checks a Google CSV with polars: a few rules on name, e-mail, telephones, birthday and lengths, duplicates by name and
# e-mail, and a results file.
import sys
import polars as pl

PHONE = r"^[0-9+\-*#PTpt()\x{3000} ]*$"
text = pl.scan_csv(sys.argv[1], infer_schema=False)
text = text.with_columns(pl.all().fill_null(""))
first, last = pl.col("First Name"), pl.col("Last Name")
email = pl.col("E-mail 1 - Value").str.strip_chars().str.to_lowercase()
phones = [pl.col(f"Phone {n} - Value") for n in (1, 2)]
birthday = pl.col("Birthday")
no_phone = pl.all_horizontal([phone == "" for phone in phones])
rules = [
    ((first == "") & (last == ""), "NAME_MISSING"),
    ((email == "") & no_phone, "EMAIL_OR_TELEPHONE_MISSING"),
    (pl.any_horizontal([~phone.str.contains(PHONE) for phone in phones]), "PHONE_PATTERN"),
    ((birthday != "") & birthday.str.to_date("%Y-%m-%d", strict=False).is_null(), "DATE_INVALID"),
    ((first.str.len_chars() > 100) | (last.str.len_chars() > 100), "TOO_LONG"),
    ((email.str.len_chars() > 256) | (pl.col("Notes").str.len_chars() > 5000), "TOO_LONG"),
]
code = pl.lit("")
for broken, name in reversed(rules):
    code = pl.when(broken).then(pl.lit(name)).otherwise(code)
checked = text.select(
    line=pl.int_range(pl.len()) + 2, name=last + " " + first, email=email, code=code
)
repeats = (pl.col("email") != "") & ~pl.struct("name", "email").is_first_distinct()
outcome = (
    pl.when(pl.col("code") != "").then(pl.lit("invalid"))
    .when(repeats).then(pl.lit("duplicate"))
    .otherwise(pl.lit("valid"))
)
results = checked.with_columns(outcome=outcome).collect()
results.write_csv(sys.argv[1] + ".polars.csv")
print(results["outcome"].value_counts())
