"""Checks plans against the schema, and what a schema cannot say.

    validate_plan.py SCHEMA PLAN...
"""

import json
import sys

import jsonschema


def load(path):
    with open(path, encoding="utf-8") as stream:
        return json.load(stream)


def check_references(plan):
    names = [buffer["name"] for buffer in plan["buffers"]]
    assert len(set(names)) == len(names), "buffers share a name"
    for program in plan["programs"]:
        for kernel in program["kernels"]:
            for buffer in kernel["accessors"]:
                assert buffer in names, f"no buffer {buffer}"
            for arguments in kernel["arguments"].values():
                for index, argument in enumerate(arguments):
                    assert argument["index"] == index
                    assert argument.get("buffer", names[0]) in names


def check_work(program):
    work = program["work_partition"]
    taken = sorted((core["start"], core["count"]) for core in work["cores"])
    end = 0
    for start, count in taken:
        assert start == end, f"item {end} belongs to no core or to two"
        end += count
    assert end == work["items"], f"{work['items'] - end} items are left"
    covered = {(x, y) for area in program["core_ranges"]
               for x in range(area["start"]["x"], area["end"]["x"] + 1)
               for y in range(area["start"]["y"], area["end"]["y"] + 1)}
    assert covered == {(core["x"], core["y"]) for core in work["cores"]}


def main():
    validator = jsonschema.Draft202012Validator(load(sys.argv[1]))
    validator.check_schema(validator.schema)
    for path in sys.argv[2:]:
        plan = load(path)
        validator.validate(plan)
        check_references(plan)
        for program in plan["programs"]:
            check_work(program)
            for ring in program["circular_buffers"]:
                assert ring["pages"] % ring["production"] == 0
    print(f"{len(sys.argv) - 2} plans are valid")


if __name__ == "__main__":
    main()
