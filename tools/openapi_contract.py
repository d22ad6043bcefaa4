"""Reads api/openapi.yaml: its operations in order, with references resolved. Shared by what is made from the contract."""

import pathlib

import yaml

METHODS = ("get", "post", "put", "delete")
CONTRACT = pathlib.Path(__file__).parents[1] / "api" / "openapi.yaml"


def load(path=CONTRACT):
    return yaml.safe_load(pathlib.Path(path).read_text(encoding="utf-8"))


def resolved(contract, node):
    """The node itself, or what its $ref names."""
    while isinstance(node, dict) and "$ref" in node:
        target = contract
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def operations(contract):
    """(path, method, operation) in the order of the file."""
    for path, item in contract["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def parameters(contract, operation):
    return [resolved(contract, each) for each in operation.get("parameters", [])]


def body_schema(contract, operation):
    """(content type, schema), or None where the request has no body."""
    body = operation.get("requestBody")
    if body is None:
        return None
    content_type, media = next(iter(body["content"].items()))
    return content_type, resolved(contract, media["schema"])


def successes(contract, operation):
    """(status, response) of every answer that is no problem."""
    for status, response in operation["responses"].items():
        if status != "default":
            yield int(status), resolved(contract, response)
