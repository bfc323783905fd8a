# Validates a CSV file with frictionless against a schema with patterns and lengths.
import csv
import sys
from frictionless import Resource, Schema, fields

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    header = next(csv.reader(file))
described = []
for name in header:
    constraints = {}
    if name.startswith("Phone") and name.endswith("Value"):
        constraints["pattern"] = r"[0-9+\-*#PTpt()\u3000 ]*"
    if name.endswith("Name"):
        constraints["maxLength"] = 100
    described.append(fields.StringField(name=name, constraints=constraints))
report = Resource(path=sys.argv[1].rsplit("/", 1)[-1], basepath=sys.argv[1].rsplit("/", 1)[0], schema=Schema(fields=described)).validate(limit_errors=10**9)
print(report.stats)
