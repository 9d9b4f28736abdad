"""Prints the first values of a .reference file: show.py FILE COUNT."""

import array
import sys

tracked = array.array("d", open(sys.argv[1], "rb").read())
print(" ".join(f"{value:g}" for value in tracked[0:4 * int(sys.argv[2]):4]))
