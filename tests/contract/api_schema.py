"""Judges an answer by its schema in api/openapi.yaml: the part of JSON Schema that the contract uses, and nothing else."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import openapi_contract as contract_file  # noqa: E402  (found by the line above)

TYPES = {
    "null": lambda value: value is None,
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
}
KNOWN = {"type", "enum", "oneOf", "$ref", "properties", "required", "additionalProperties", "items", "description", "format", "pattern",
         "minimum", "maximum", "maxLength", "maxItems", "default"}


class Contract:
    def __init__(self):
        self.document = contract_file.load()
        self.operations = {each["operationId"]: (path, method, each) for path, method, each in contract_file.operations(self.document)}

    def parameters(self, name):
        return contract_file.parameters(self.document, self.operations[name][2])

    def faults(self, schema, value, where="answer"):
        """What of the value does not fit the schema, in words; empty when all of it does."""
        schema = contract_file.resolved(self.document, schema)
        unknown = set(schema) - KNOWN
        assert not unknown, f"the schema at {where} uses {unknown}, which is not judged"
        if "oneOf" in schema:
            fitting = [each for each in schema["oneOf"] if not self.faults(each, value, where)]
            return [] if len(fitting) == 1 else [f"{where}: fits {len(fitting)} of {len(schema['oneOf'])} shapes"]
        found = []
        types = schema.get("type", [])
        types = [types] if isinstance(types, str) else types
        if types and not any(TYPES[each](value) for each in types):
            return [f"{where}: is {type(value).__name__} and not {types}"]
        if "enum" in schema and value not in schema["enum"]:
            found.append(f"{where}: {value!r} is none of {schema['enum']}")
        if isinstance(value, dict) and "properties" in schema:
            found += [f"{where}: lacks {name}" for name in schema.get("required", []) if name not in value]
            if schema.get("additionalProperties") is False:
                found += [f"{where}: has {name}, which the contract does not name" for name in value if name not in schema["properties"]]
            for name, each in schema["properties"].items():
                if name in value:
                    found += self.faults(each, value[name], f"{where}.{name}")
        if isinstance(value, list) and "items" in schema:
            for number, item in enumerate(value):
                found += self.faults(schema["items"], item, f"{where}[{number}]")
        return found

    def answer_faults(self, name, status, content_type, value):
        """Of an answer to an operation: its status, its type and its body."""
        operation = self.operations[name][2]
        successes = dict(contract_file.successes(self.document, operation))
        if status in successes:
            content = successes[status].get("content", {})
            if not content:
                return [] if value is None else [f"{name}: {status} has a body"]
            kind = content_type.split(";")[0]
            if kind not in content:
                return [f"{name}: {kind} is not a type of its answer"]
            return self.faults(content[kind]["schema"], value, name) if "schema" in content[kind] else []
        if status < 400:
            return [f"{name}: {status} is not in the contract"]
        if content_type != "application/problem+json":
            return [f"{name}: a refusal of {status} came as {content_type}"]
        return self.faults({"$ref": "#/components/schemas/Problem"}, value, name)
