"""What a client may send and what reaches a log: every text of the contract, one after another, filled with what would forge a line."""

import json
import re
import unittest
import urllib.parse

import api_schema
import program
import served

CONTRACT = api_schema.Contract()
# Nothing of the tests holds this, so wherever it stands somebody sent it.
MARK = "Zqforged"
# Ends a line, begins another, forges a field and an entry, clears a screen, turns the direction of writing.
WITH_CONTROLS = f'{MARK}\r\n{{"level":"error"}}\n7  allowed\x1b[2J\x00\x9b31m\u2028\u202e"'
# The same without what an address or a name is refused for at once, so that it comes further.
WITHOUT_CONTROLS = f'{MARK}"}},{{"level":"error"}} 7: allowed \u202e\u2066$(id)%0a%1b'
NOT_FOR_A_LOG = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def is_text(schema):
    kinds = schema.get("type", [])
    return "string" in ([kinds] if isinstance(kinds, str) else kinds) and "enum" not in schema


def harmless(schema):
    for each in schema.get("oneOf", [schema]):
        words = api_schema.contract_file.resolved(CONTRACT.document, each).get("enum")
        if words:
            return words[0]
    return "x"


class Field:
    """One text of one operation."""

    def __init__(self, operation, place, name):
        self.operation, self.place, self.name = operation, place, name

    def send(self, person, text):
        path, method, operation = CONTRACT.operations[self.operation]
        query, headers = [], {}
        for parameter in CONTRACT.parameters(self.operation):
            value = text if (self.place, self.name) == (parameter["in"], parameter["name"]) else harmless(parameter["schema"])
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", urllib.parse.quote(value, safe=""))
            elif parameter["in"] == "header":
                headers[parameter["name"]] = urllib.parse.quote(value, safe="")
            elif parameter.get("required") or value == text:
                query.append((parameter["name"], value))
        address = path + ("?" + urllib.parse.urlencode(query) if query else "")
        if operation.get("x-body-to-file"):
            return person.send(method.upper(), address, raw=b"a,b\n1,2\n", headers=headers | {"Content-Type": "application/octet-stream"})
        body = {name: text if (self.place, self.name) == ("body", name) else harmless(each) for name, each in properties_of(operation).items()}
        return person.send(method.upper(), address, body or None, headers=headers)


def properties_of(operation):
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return {}
    schema = api_schema.contract_file.resolved(CONTRACT.document, content["schema"])
    return {name: api_schema.contract_file.resolved(CONTRACT.document, each) for name, each in schema["properties"].items()}


def every_text():
    for name, (_, _, operation) in CONTRACT.operations.items():
        for parameter in CONTRACT.parameters(name):
            if is_text(parameter["schema"]):
                yield Field(name, parameter["in"], parameter["name"])
        for field, schema in properties_of(operation).items():
            if is_text(schema):
                yield Field(name, "body", field)


class LogInjection(program.ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workspace.must("accounts", "add", "acole", "--person", "A Person", "--agency", "Example Agency", "--role", "analyst")
        cls.log = cls.folder / "program.log"
        cls.server = served.Server(cls.workspace, cls.log)
        cls.addClassCleanup(cls.server.stop)
        cls.founder = cls.server.founder()

    def acole(self):
        link = self.founder.must("POST", "/api/accounts/acole/invitation").json["link"]
        someone = served.Person(self.server)
        someone.must("POST", "/api/session/invitation", {"token": link.split("invitation=")[1], "password": "heron under the viaduct"})
        return someone

    def test_no_text_that_a_client_sends_makes_a_line_or_an_entry_of_its_own(self):
        fields = list(every_text())
        self.assertGreater(len(fields), 30, "the contract was not read")
        acole = self.acole()
        for field in fields:
            for text in (WITH_CONTROLS, WITHOUT_CONTROLS):
                # Allowed and refused: both leave something. Nobody is signed in where the way in is tried.
                for person in (self.founder, acole, served.Person(self.server)):
                    with self.subTest(operation=field.operation, field=field.name):
                        reply = field.send(person, text)
                        self.assertLess(reply.status, 500, str(reply))
                        for value in reply.headers.values():
                            self.assertNotIn(MARK, value)
        self.assertEqual(self.server.stop(), 0)
        self.judge_program_log()
        self.judge_audit_log()

    def judge_program_log(self):
        written = self.log.read_bytes().decode()
        self.assertNotIn(MARK, written)
        self.assertNotRegex(written, NOT_FOR_A_LOG)
        lines = [json.loads(line) for line in written.splitlines()]
        self.assertTrue(all(isinstance(line, dict) and line["level"] != "error" for line in lines))

    def judge_audit_log(self):
        entries = self.workspace.audit("show", "--rows", "1000").rows("entry", "object")
        self.assertGreater(len(entries), 20)
        for entry in entries:
            told = {name: value for name, value in entry.items() if name != "reason"}
            self.assertNotIn(MARK, str(told), "an entry repeats what was typed where a name should be")
            self.assertNotRegex(str(entry["object"]), NOT_FOR_A_LOG)
        numbers = [entry["entry"] for entry in entries]
        self.assertEqual(numbers, sorted(set(numbers), reverse=True))
        reasons = {entry["reason"] for entry in entries if entry.get("reason")}
        self.assertTrue(any(MARK in reason for reason in reasons), "a person's own words are kept as they were typed")
        shown = self.workspace.run("audit", "show", "--as", program.AUDITOR, "--rows", "1000").out
        self.assertNotRegex(shown, NOT_FOR_A_LOG)
        self.assertFalse([line for line in shown.splitlines() if line.startswith(("7  allowed", "{"))])
        self.assertTrue(self.workspace.log_is_sound())


if __name__ == "__main__":
    unittest.main()
