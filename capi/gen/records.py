"""Reads `llvm-tblgen --dump-json` and names things in C.

One idea: a record is the JSON dictionary itself, looked up through `Records`,
and every C spelling in the project comes from the two functions at the end.
"""

import json
import re


class Records:
    """All records of one dump."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as stream:
            self.all = json.load(stream)

    def of_class(self, name):
        return [self.all[key] for key in self.all["!instanceof"].get(name, [])]

    def get(self, reference):
        """The record a field refers to, or None for an unset field."""
        if isinstance(reference, dict) and reference.get("kind") == "def":
            return self.all[reference["def"]]
        return None

    def dag(self, value):
        """A dag's arguments as (record or plain value, name) pairs."""
        if not value:
            return []
        return [(self.get(arg) or arg, name) for arg, name in value["args"]]


def isa(record, name):
    return isinstance(record, dict) and name in record.get("!superclasses", [])


def fail(record, message):
    """Stops the build with the place in the .td file."""
    place = (record.get("!locs") or ["?"])[-1]
    raise SystemExit(f"{place}: error: '{record['!name']}' {message}")


def camel(name):
    """cb_push_back -> CbPushBack, lowerBound -> LowerBound."""
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", name) if part]
    return "".join(part[0].upper() + part[1:] for part in parts)


def lower_camel(name):
    text = camel(name)
    return text[0].lower() + text[1:]


C_KEYWORDS = {"default", "switch", "case", "for", "if", "else", "while", "do",
              "int", "long", "short", "float", "double", "char", "void",
              "register", "static", "inline", "const", "return", "union",
              "struct", "enum", "auto", "bool", "true", "false", "b", "loc",
              "template", "this", "class", "new", "operator", "state", "op"}


def parameter(name):
    """A C parameter or field for an ODS name, safe in C and in C++."""
    text = lower_camel(name)
    return text + "Value" if text in C_KEYWORDS else text
