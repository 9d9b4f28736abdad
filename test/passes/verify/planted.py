"""Plants one mistake at a time in a finished program and asks tt-verify.

    planted.py TT_OPT PROGRAM.mlir MISTAKES.txt

A mistake in the text file is a paragraph:

    # what is wrong
    edit: PATTERN => REPLACEMENT        (a regular expression; any number)
    edit in reader: …                   (only between `@reader` and the next func)
    line: PATTERN                       (the line that the error is at)
    rule: NAME                          (of the emulator, for the same mistake)
    error: MESSAGE                      (a part of it)
    note: MESSAGE                       (a part of a note; any number)

Each edit must change something. The first error must be at the line, and say
what is expected. Prints a line per mistake that is not found as it should be.
"""

import re
import subprocess
import sys


def paragraphs(path):
    with open(path, encoding="utf-8") as file:
        for paragraph in file.read().split("\n\n"):
            lines = [l for l in paragraph.splitlines() if l]
            if lines:
                yield lines


def part(text, role):
    """Start and end of a kernel in the program, or of all of it."""
    if not role:
        return 0, len(text)
    start = text.index(f"tt.func @{role}")
    end = text.find("tt.func @", start + 1)
    return start, len(text) if end < 0 else end


def edited(text, role, pattern, replacement):
    start, end = part(text, role)
    new, count = re.subn(pattern, replacement, text[start:end], count=1,
                         flags=re.M)
    if not count:
        raise ValueError(f"nothing matches {pattern!r}")
    return text[:start] + new + text[end:]


def planted(text, lines):
    """The edited program and what is expected of it."""
    where, error, notes = None, None, []
    for line in lines:
        key, _, value = line.partition(": ")
        if key.startswith("edit"):
            pattern, _, replacement = value.partition(" =>")
            role = key[len("edit in "):]
            text = edited(text, role, pattern, replacement[1:])
        elif key.startswith("line"):
            where = (key[len("line in "):], value)
        elif key == "error":
            error = value
        elif key == "note":
            notes.append(value)
    return text, where, error, notes


def expected_line(text, where):
    role, pattern = where
    start, end = part(text, role)
    match = re.search(pattern, text[start:end])
    if not match:
        raise ValueError(f"no line matches {pattern!r}")
    return text[:start + match.start()].count("\n") + 1


def complaint(tt_opt, original, lines):
    """What is wrong with how tt-verify takes the mistake, or None."""
    text, where, error, notes = planted(original, lines)
    run = subprocess.run([tt_opt, "--tt-verify", "-o", "/dev/null", "-"],
                         input=text, capture_output=True, text=True,
                         timeout=60, check=False)
    errors = [l for l in run.stderr.splitlines() if ": error: " in l]
    if run.returncode != 1 or not errors:
        return f"accepted, or worse (status {run.returncode})"
    if error not in errors[0]:
        return f"said {errors[0]}"
    line = expected_line(text, where)
    if not errors[0].startswith(f"<stdin>:{line}:"):
        return f"said so at another line than {line}: {errors[0]}"
    for note in notes:
        if not any(note in l for l in run.stderr.splitlines() if ": note: " in l):
            return f"lacks the note '{note}':\n{run.stderr}"
    return None


def main():
    tt_opt, program, mistakes = sys.argv[1:4]
    with open(program, encoding="utf-8") as file:
        original = file.read()
    found, missed = 0, 0
    for lines in paragraphs(mistakes):
        problem = complaint(tt_opt, original, lines)
        found += problem is None
        missed += problem is not None
        if problem:
            print(f"{lines[0]}: {problem}")
    print(f"{found} found, {missed} missed")
    sys.exit(1 if missed or not found else 0)


if __name__ == "__main__":
    main()
