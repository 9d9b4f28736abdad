"""Turns the fixed parts of main.cpp into C string tables.

    embed.py OUT.c NAME=FILE...

Each file becomes `const char *const NAME[]`, one string per line and a NULL
at the end, declared in host_text.h.
"""

import sys


def literal(line):
    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'    "{escaped}\\n",'


def main():
    parts = ["// Made from translate/host by embed.py; edit those.",
             '#include "host_text.h"', "", "#include <stddef.h>", ""]
    for argument in sys.argv[2:]:
        name, path = argument.split("=", 1)
        with open(path, encoding="utf-8") as stream:
            lines = stream.read().splitlines()
        parts.append(f"const char *const {name}[] = {{")
        parts += [literal(line) for line in lines]
        parts += ["    NULL};", ""]
    with open(sys.argv[1], "w", encoding="utf-8") as stream:
        stream.write("\n".join(parts))


if __name__ == "__main__":
    main()
