# Reads a CSV file with pandas and counts the cells that break a pattern or a length.
import sys
import pandas

table = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
wrong = 0
for column in table.columns:
    if column.startswith("Phone") and column.endswith("Value"):
        wrong += int((~table[column].str.fullmatch(r"[0-9+\-*#PTpt()\u3000 ]*")).sum())
    if column.endswith("Name"):
        wrong += int((table[column].str.len() > 100).sum())
print(wrong)
