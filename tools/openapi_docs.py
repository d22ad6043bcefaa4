#!/usr/bin/env python3
"""Writes docs/reference/api.md from the contract; with --check, says whether it is current.

Usage: tools/openapi_docs.py [--check]
"""

import sys

import openapi_contract as api

PAGE = api.CONTRACT.parents[1] / "docs/reference/api.md"
ACCESS = {"anyone": "anyone", "session": "whoever is signed in", "recent": "whoever showed who they are within ten minutes"}


def cell(text):
    return " ".join(str(text).split()).replace("|", "\\|")


def kind_of(contract, schema):
    schema = api.resolved(contract, schema)
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    if "oneOf" in schema:
        return " or ".join(kind_of(contract, each) for each in schema["oneOf"])
    kind = schema.get("type", "object")
    kind = " or ".join(kind) if isinstance(kind, list) else kind
    if kind == "array":
        return f"list of {kind_of(contract, schema.get('items', {}))}"
    if kind == "null":
        return "nothing"
    for key, words in (("maxLength", "at most {} characters"), ("minimum", "from {}"), ("maximum", "to {}")):
        if key in schema:
            kind += ", " + words.format(schema[key])
    return schema.get("format", kind) if schema.get("format") in {"date", "date-time"} else kind


def fields_of(contract, operation):
    """(name, where, needed, kind, meaning) of every parameter and field."""
    for each in api.parameters(contract, operation):
        yield each["name"], each["in"], bool(each.get("required")), kind_of(contract, each["schema"]), each.get("description", "")
    body = api.body_schema(contract, operation)
    if body is None:
        return
    if body[0] != "application/json":
        yield "", "body", True, body[0], "The file itself"
        return
    for name, schema in body[1].get("properties", {}).items():
        yield name, "body", name in body[1].get("required", []), kind_of(contract, schema), api.resolved(contract, schema).get("description", "")


def section(contract, path, method, operation):
    lines = [f"### {method.upper()} {path}", "", f"`{operation['operationId']}`: {operation['summary']}. For {ACCESS[operation['x-access']]}."]
    if "description" in operation:
        lines += ["", " ".join(operation["description"].split())]
    rows = list(fields_of(contract, operation))
    if rows:
        lines += ["", "| name | in | needed | holds | meaning |", "|---|---|---|---|---|"]
        lines += [f"| {f'`{name}`' if name else ''} | {where} | {'yes' if needed else ''} | {cell(kind)} | {cell(meaning)} |" for name, where, needed, kind, meaning in rows]
    for status, response in api.successes(contract, operation):
        kinds = ", ".join(f"`{kind}`" for kind in response.get("content", {})) or "no body"
        lines += ["", f"Answers {status} ({kinds}): {response['description']}."]
    return lines + [""]


def page(contract):
    lines = [
        "# The API", "", "<!-- Made by tools/openapi_docs.py from api/openapi.yaml; change that and run it again. -->", "",
        "What the pages ask and what the program answers; every address here is served, and no other. The contract with every schema is",
        "[api/openapi.yaml](../../api/openapi.yaml).", "",
        "A request bears the session's cookie. One that changes something also bears `Origin`, `X-CSRF` with the session's token and, with a",
        "body, `Content-Type`. A parameter or field that is not named here is refused. A refusal is a problem document (RFC 9457) whose `code`",
        "stays the same: 400 asked wrongly, 401 signed out, 403 not allowed, 404 not there, 405 another method, 409 the state of things forbids",
        "it, 413 too long, 415 another type, 421 another host, 429 too many tries, 500 damaged data, 503 the machine fails or is busy.", "",
    ]
    for tag in contract["tags"]:
        lines += [f"## {tag['name'].capitalize()}", "", f"{tag['description']}.", ""]
        for path, method, operation in api.operations(contract):
            if operation["tags"] == [tag["name"]]:
                lines += section(contract, path, method, operation)
    return "\n".join(lines).rstrip() + "\n"


def main():
    text = page(api.load())
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print("docs/reference/api.md is not what the contract says: run tools/openapi_docs.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
