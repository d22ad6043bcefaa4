#!/usr/bin/env python3
"""Makes the program's route table from the contract, so that what is served and what is written there cannot part: every operation
with its parameters, and with the function of its name that answers it. An operation without its function does not compile.

Usage: tools/openapi_routes.py CONTRACT FOLDER writes FOLDER/serve/operation_ids.h and FOLDER/operation_table.cpp.
"""

import pathlib
import re
import sys

import openapi_contract as api

TEXT_MAX = 300  # Of a parameter's text where the contract says nothing.
METHOD_NAMES = {"get": "get", "post": "post", "put": "put", "delete": "remove"}


def fail(where, what):
    sys.exit(f"openapi_routes: {where}: {what}")


def id_of(operation):
    """getSession → get_session."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", operation["operationId"]).lower()


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def choices_of(schema):
    return "{" + ", ".join(quoted(each) for each in schema.get("enum", [])) + "}"


def parameter_line(contract, parameter, where):
    schema = api.resolved(contract, parameter["schema"])
    kind = {"integer": "integer", "array": "list"}.get(schema["type"], "text")
    if schema.get("format") == "date":
        kind = "date"
    if schema["type"] not in {"string", "integer", "array"}:
        fail(where, f"no parameter can be of type {schema['type']}")
    pattern = schema.get("pattern", "")
    if pattern not in {"", "^[a-z0-9-]{1,64}$"}:
        fail(where, f"the program does not know the pattern {pattern}")
    return (
        f"{{.name = {quoted(parameter['name'])}, .place = ParameterPlace::{parameter['in']}, "
        f".kind = ParameterKind::{'slug' if pattern else kind}, .is_required = {str(bool(parameter.get('required'))).lower()}, "
        f".least = {schema.get('minimum', 0)}, .most = {schema.get('maximum', schema.get('maxItems', 9007199254740991))}, "
        f".text_max = {schema.get('maxLength', TEXT_MAX)}, .choices = {choices_of(schema)}}}"
    )


def field_line(contract, name, schema, is_required, where):
    schema = api.resolved(contract, schema)
    may_be_null = False
    if "oneOf" in schema:
        may_be_null = True
        (schema,) = [api.resolved(contract, each) for each in schema["oneOf"] if each.get("type") != "null"]
    if schema.get("type") != "string":
        fail(where, f"the field {name} of a body must be text")
    return (
        f"{{.name = {quoted(name)}, .is_required = {str(is_required).lower()}, .may_be_null = {str(may_be_null).lower()}, "
        f".text_max = {schema.get('maxLength', TEXT_MAX)}, .choices = {choices_of(schema)}}}"
    )


def operation_text(contract, path, method, operation):
    where = f"{method} {path}"
    body = api.body_schema(contract, operation)
    kind = "none" if body is None else "file" if operation.get("x-body-to-file") else "json"
    if (body is None) != ("x-body-max" not in operation):
        fail(where, "a body and x-body-max go together")
    fields = []
    if kind == "json":
        schema = body[1]
        if schema.get("additionalProperties") is not False:
            fail(where, "a body names all its fields: additionalProperties must be false")
        required = set(schema.get("required", []))
        fields = [field_line(contract, name, each, name in required, where) for name, each in schema["properties"].items()]
    lines = [parameter_line(contract, each, where) for each in api.parameters(contract, operation)]
    return (
        f"      {{.id = OperationId::{id_of(operation)},\n       .name = {quoted(operation['operationId'])},\n"
        f"       .method = Method::{METHOD_NAMES[method]},\n       .path = {quoted(path)},\n"
        f"       .access = Access::{operation['x-access']},\n       .body = BodyKind::{kind},\n"
        f"       .body_bytes_max = {operation.get('x-body-max', 0)},\n"
        f"       .parameters = {{{', '.join(lines)}}},\n       .fields = {{{', '.join(fields)}}}}},\n"
    )


def ids_text(contract):
    names = [id_of(operation) for _, _, operation in api.operations(contract)]
    if len(set(names)) != len(names):
        fail("operationId", "one is used twice")
    return (
        "// Every operation of the contract, made from api/openapi.yaml.\n#pragma once\n\nnamespace throughline::serve {\n\n"
        "enum class OperationId {\n" + "".join(f"  {name},\n" for name in names) + "};\n\n}  // namespace throughline::serve\n"
    )


def table_text(contract):
    body = "".join(operation_text(contract, *each) for each in api.operations(contract))
    names = [id_of(operation) for _, _, operation in api.operations(contract)]
    handlers = "".join(f"    case OperationId::{name}: return {name};\n" for name in names)
    return (
        '#include "serve/api_handlers.h"\n#include "serve/api_operations.h"\n\nnamespace throughline::serve {\n\n'
        "const std::vector<Operation>& operations() {\n  static const std::vector<Operation> all = {\n" + body + "  };\n  return all;\n}\n\n"
        "Handler handler_of(OperationId id) {\n  switch (id) {\n" + handlers + "  }\n  return nullptr;\n}\n\n}  // namespace throughline::serve\n"
    )


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main():
    contract, folder = api.load(sys.argv[1]), pathlib.Path(sys.argv[2])
    write(folder / "serve" / "operation_ids.h", ids_text(contract))
    write(folder / "operation_table.cpp", table_text(contract))


if __name__ == "__main__":
    main()
