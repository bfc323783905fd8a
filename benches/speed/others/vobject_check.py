# Reads a vCard file with vobject and counts the cards without a name.
import sys
import vobject

nameless = 0
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for card in vobject.readComponents(file):
        if not hasattr(card, "n"):
            nameless += 1
print(nameless)
