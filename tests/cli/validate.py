#!/usr/bin/env python3
"""Holds JSON documents against the schemas of spfcheck.

validate.py SCHEMA            standard input has one document a line: prints what is wrong with each,
                              as "LINE: PATH: MESSAGE"
validate.py --refuses SCHEMA  the same for damaged copies of each: a key less, a key more, a value of
                              another type; prints those that the schema accepts
validate.py --draft7 SCHEMA   as the first, for a schema of draft 7 that is alone
validate.py --schemas SCHEMA...  each is a schema, and says what each key is

Exit status: 0 nothing to say, 1 what is printed, 2 python3-jsonschema is missing.
"""
import copy
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is missing")
    sys.exit(2)

ANY = {"id"}  # keys that may have any value
OPTIONAL = {"received", "trace"}  # keys that may be missing


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def validator_of(path):
    """Of a schema whose relative references are files beside it."""
    path = pathlib.Path(path).resolve()
    schemas = {each.as_uri(): load(each) for each in path.parent.glob("*.schema.json")}
    kind = jsonschema.Draft202012Validator
    try:
        import referencing  # comes with jsonschema 4.18 and later

        resources = [(uri, referencing.Resource.from_contents(each)) for uri, each in schemas.items()]
        registry = referencing.Registry().with_resources(resources)
        return kind({"$ref": path.as_uri()}, registry=registry)
    except ImportError:
        resolver = jsonschema.RefResolver(path.as_uri(), schemas[path.as_uri()], schemas)
        return kind(schemas[path.as_uri()], resolver=resolver)


def path_of(error):
    return "/".join(str(each) for each in error.absolute_path) or "(document)"


def violations(validator, documents):
    for number, document in enumerate(documents, 1):
        for error in validator.iter_errors(document):
            yield f"{number}: {path_of(error)}: {error.message[:300]}"


def places(value, path=()):
    """The path of each value within; of an array, the first and the last element stand for all."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], path + (key,))
    elif isinstance(value, list):
        for index in {0, len(value) - 1} if value else ():
            yield from places(value[index], path + (index,))


def damaged(document):
    """Copies of a document, each with something wrong, and what that is."""

    def copied(path):
        out = copy.deepcopy(document)
        inner = out
        for key in path:
            inner = inner[key]
        return out, inner

    for path in places(document):
        if ANY & set(path):
            continue
        name = "/".join(map(str, path)) or "(document)"
        out, inner = copied(path)
        if isinstance(inner, dict):
            inner["surplus"] = 1
            yield f"{name}: a key more", out
        if not path:
            yield f"{name}: another type", [document]
            continue
        out, inner = copied(path[:-1])
        inner[path[-1]] = [[]] if isinstance(inner[path[-1]], dict) else {"surplus": 1}
        yield f"{name}: another type", out
        if isinstance(path[-1], str) and path[-1] not in OPTIONAL:
            out, inner = copied(path[:-1])
            del inner[path[-1]]
            yield f"{name}: a key less", out


def accepted(validator, documents):
    count = 0
    for number, document in enumerate(documents, 1):
        for what, broken in damaged(document):
            count += 1
            if validator.is_valid(broken):
                yield f"{number}: {what} is accepted"
    if count == 0:
        yield "there was nothing to damage"


def undescribed(schema, path="#"):
    """The keys in a schema of which nobody says what they are."""
    if isinstance(schema, list):
        for index, each in enumerate(schema):
            yield from undescribed(each, f"{path}/{index}")
    if not isinstance(schema, dict):
        return
    is_condition = path.rsplit("/", 1)[-1] in ("if", "then", "else") or "/anyOf/" in path
    for key, value in schema.get("properties", {}).items():
        said = isinstance(value, dict) and ({"description", "$ref"} & set(value))
        if not said and not is_condition and not value.keys() <= {"const", "enum"}:
            yield f"{path}/properties/{key}: no description"
    for key, value in schema.items():
        yield from undescribed(value, f"{path}/{key}")


def of_schema(path):
    schema = load(path)
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        yield f"{path_of(error)}: {error.message[:300]}"
    if not {"$schema", "title"} <= set(schema):
        yield "no $schema, or no title"
    yield from undescribed(schema)


def main(arguments):
    if arguments[0] == "--schemas":
        found = [f"{path}: {each}" for path in arguments[1:] for each in of_schema(path)]
    else:
        check = accepted if arguments[0] == "--refuses" else violations
        documents = [json.loads(line) for line in sys.stdin if line.strip()]
        is_draft7 = arguments[0] == "--draft7"
        schema = arguments[-1]
        validator = jsonschema.Draft7Validator(load(schema)) if is_draft7 else validator_of(schema)
        found = list(check(validator, documents))
    for each in found:
        print(each)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
