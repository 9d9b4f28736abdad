"""The progress line of the tools."""

import sys


def progress(text):
    """One line that is written over, for somebody who watches; an empty one at the end."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
