"""Bad days: a full disk, a second process, a kill, a flipped byte. Each is said clearly, and nothing is half there."""

import os
import resource
import signal
import sqlite3
import subprocess
import time
import unittest

from program import AUDITOR, BINARY, DAMAGED, DONE, EXAMPLES, FINDINGS, REFUSED, WORLD, ProgramTest, Workspace, street_text

STREET_FILES = sorted((EXAMPLES / "home_counties/street").glob("*.csv.gz"))


def flip(path, offset):
    """One bit of one byte."""
    with open(path, "r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ 0x04]))


class Filled(ProgramTest):
    """A workspace with two extracts in it; each test spoils a copy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        small = cls.folder / "2025-01-sample-street.csv"
        small.write_text(street_text(*[{"Crime type": kind} for kind in ("Drugs", "Robbery", "Burglary") * 40]), encoding="utf-8")
        cls.answer = cls.workspace.ingest(small, EXAMPLES / "home_counties/street/2025-01-city-of-london-street.csv.gz")
        if cls.answer.status not in (DONE, FINDINGS):
            raise AssertionError(cls.answer)
        cls.before = cls.workspace.shown()
        cls.extract = cls.answer.rows("extract", "rows")[0]["extract"]
        cls.first_record = f"{cls.extract}:{len(small.read_text(encoding='utf-8').splitlines()[0]) + 1}"

    def copy(self, name):
        return self.workspace.copy_to(self.folder / name)


class FullDisk(Filled):
    """Told by a limit on the size of files, which writes meet as they meet a full disk, and which needs no root."""

    def limited(self, limit_bytes):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

        return limit

    def test_an_ingest_that_finds_no_room_leaves_nothing_and_goes_through_when_there_is_room(self):
        workspace = self.copy("full")
        seen = set()
        for kibibytes in (1, 16, 48, 96, 160, 272):
            answer = workspace.ingest(STREET_FILES[1], preexec_fn=self.limited(kibibytes << 10))
            seen.add(answer.status)
            if answer.status in (DONE, FINDINGS):
                break
            self.assertEqual(answer.status, WORLD, f"{kibibytes} KiB: {answer}")
            self.assertIn("disk is full", answer.error["what"])
            self.assertEqual(workspace.shown(), self.before, f"{kibibytes} KiB")
        self.assertIn(WORLD, seen)
        self.assertIn(workspace.ingest(STREET_FILES[1]).status, (DONE, FINDINGS))
        self.assertEqual(len(workspace.extracts()), len(self.before[0]) + 1)
        self.assertTrue(workspace.log_is_sound())

    def test_a_run_of_files_stops_where_room_ends_and_what_came_before_stands(self):
        for kibibytes in (1000, 2000, 4000):
            workspace = self.copy(f"full-run-{kibibytes}")
            answer = workspace.json("ingest", *STREET_FILES[1:9], preexec_fn=self.limited(kibibytes << 10))
            self.assertEqual(answer.status, WORLD, f"{kibibytes} KiB: {answer}")
            self.assertIn("disk is full", answer.error["what"])
            self.assertLessEqual(set(self.before[0].items()), set(workspace.extracts().items()))
            self.assertTrue(workspace.log_is_sound())
            self.assertIn(workspace.json("ingest", *STREET_FILES[1:9]).status, (DONE, FINDINGS))

    def test_a_backup_that_finds_no_room_is_no_backup(self):
        answer = self.copy("full-backup").json("backup", self.folder / "cut-off", preexec_fn=self.limited(64 << 10))
        self.assertEqual(answer.status, WORLD, str(answer))
        restored = Workspace(self.folder / "from-cut-off").json("restore", self.folder / "cut-off")
        self.assertNotIn(restored.status, (DONE, FINDINGS), str(restored))


class SecondProcess(Filled):
    def test_a_second_process_is_told_who_holds_the_workspace_and_a_killed_holder_lets_go(self):
        workspace = self.copy("held")
        holder = self.frozen_holder(workspace)
        try:
            answer = workspace.json("records")
            self.assert_ends(answer, WORLD, "workspace_locked")
            self.assertIn(str(holder.pid), answer.error["what"])
            self.assertIn("ingest", answer.error["what"])
        finally:
            holder.kill()
            holder.wait()
        extracts = workspace.extracts()
        self.assertLessEqual(set(self.before[0].items()), set(extracts.items()))
        self.assertTrue(workspace.log_is_sound())

    def frozen_holder(self, workspace):
        """A running ingest, stopped in the middle while it holds the lock."""
        command = [BINARY, "ingest", "--workspace", str(workspace.path), "--quiet", *map(str, STREET_FILES)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        lock = workspace.path / "lock"
        deadline = time.monotonic() + 20
        while str(process.pid) not in lock.read_text(encoding="utf-8") and time.monotonic() < deadline:
            time.sleep(0.001)
        process.send_signal(signal.SIGSTOP)
        self.assertIsNone(process.poll(), "the ingest ended before it could be stopped")
        return process


class FlippedByte(Filled):
    def assert_damage_is_told(self, workspace, *calls):
        """Each call ends with 4, or shows what it showed before; at least one ends with 4."""
        statuses = []
        for verb, *arguments in calls:
            answer = workspace.json(verb, *arguments)
            statuses.append(answer.status)
            if answer.status == DAMAGED:
                self.assertTrue(answer.error["where"] and answer.error["remedy"], str(answer))
                continue
            self.assertIn(answer.status, (DONE, FINDINGS), str(answer))
            if verb != "audit":
                sound = self.workspace.json(verb, *arguments)
                self.assertEqual(answer.out.replace(str(workspace.path), ""), sound.out.replace(str(self.workspace.path), ""))
        return DAMAGED in statuses

    def test_in_the_record_store_no_figure_changes_unseen(self):
        size = (self.workspace.path / "records.duckdb").stat().st_size
        told = 0
        for part in range(8):
            workspace = self.copy(f"records-{part}")
            flip(workspace.path / "records.duckdb", 9 + (size - 10) * part // 7)
            told += self.assert_damage_is_told(workspace, ("measure", "crimes", "--by", "category"), ("records",), ("quality",))
        self.assertGreaterEqual(told, 3, "most of the store is in use, so most flips must be found")

    def test_in_the_ledger_store_it_is_named(self):
        size = (self.workspace.path / "ledger.sqlite").stat().st_size
        workspace = self.copy("ledger-head")
        flip(workspace.path / "ledger.sqlite", 3)
        self.assert_ends(workspace.json("records"), DAMAGED, "damaged_ledger")
        for part in range(1, 6):
            workspace = self.copy(f"ledger-{part}")
            flip(workspace.path / "ledger.sqlite", size * part // 6)
            self.assert_damage_is_told(workspace, ("records",), ("audit", "verify", "--as", AUDITOR))

    def test_in_an_archived_original_it_is_named_and_the_row_is_not_shown(self):
        workspace = self.copy("archive")
        (path,) = [path for path in (workspace.path / "archive").rglob(f"{self.extract}*") if path.is_file()]
        flip(path, path.stat().st_size // 3)
        answer = workspace.json("trace", self.first_record)
        self.assert_ends(answer, DAMAGED, "damaged_archive")
        self.assertIn(path.name, answer.error["where"])

    def test_in_a_backup_it_is_found_before_anything_is_brought_back(self):
        self.assert_ends(self.workspace.json("backup", self.folder / "good"), DONE)
        flip(self.folder / "good/records.duckdb", 20000)
        target = Workspace(self.folder / "from-flipped")
        self.assert_ends(target.json("restore", self.folder / "good"), DAMAGED, "damaged_backup")
        self.assertFalse((target.path / "workspace.json").exists())


class Log(Filled):
    """Whoever writes into the log by hand is found out, and the first entry that does not hold is named."""

    def spoilt(self, name, *statements):
        workspace = self.copy(name)
        with sqlite3.connect(workspace.path / "ledger.sqlite") as store:
            for statement in statements:
                self.assertGreater(store.execute(statement).rowcount, 0, statement)
        store.close()
        return workspace

    def assert_named(self, workspace, entry):
        answer = workspace.audit("verify")
        self.assert_ends(answer, DAMAGED, "log_damaged")
        self.assertIn(f"Entry {entry} ", answer.error["what"])

    def flipped(self, entry, column="leaf", byte=20):
        """SQL that flips one byte of one entry."""
        spot = f"hex(substr({column}, {byte}, 1))"
        new = f"CASE {spot} WHEN '00' THEN x'01' ELSE x'00' END"
        blob = f"CAST(substr({column}, 1, {byte - 1}) || {new} || substr({column}, {byte + 1}) AS BLOB)"
        return f"UPDATE entry SET {column} = {blob} WHERE number = {entry}"

    def test_a_flipped_byte_of_an_entry(self):
        self.assert_named(self.spoilt("flipped", self.flipped(2)), 2)

    def test_the_first_of_several_is_named(self):
        self.assert_named(self.spoilt("several", self.flipped(3), self.flipped(1)), 1)

    def test_a_flipped_byte_of_a_sealed_part(self):
        answer = self.spoilt("sealed", self.flipped(2, "sealed", 5)).audit("verify")
        self.assert_ends(answer, DAMAGED, "log_damaged")
        self.assertIn("Entry 2 ", answer.error["what"])

    def test_an_entry_taken_out(self):
        answer = self.spoilt("taken", "DELETE FROM entry WHERE number = 2").audit("verify")
        self.assertEqual(answer.status, DAMAGED, str(answer))
        self.assertIn("2", answer.error["what"])

    def test_two_entries_changed_about(self):
        workspace = self.spoilt(
            "swapped", "UPDATE entry SET number = -1 WHERE number = 1", "UPDATE entry SET number = 1 WHERE number = 2",
            "UPDATE entry SET number = 2 WHERE number = -1",
        )
        self.assert_named(workspace, 1)

    def test_an_older_copy_of_the_ledger_is_seen_by_the_head_kept_with_the_keys(self):
        old = (self.workspace.path / "ledger.sqlite").read_bytes()
        workspace = self.copy("rolled-back")
        self.assert_ends(workspace.json("accounts", "add", "later", "--person", "A. Later", "--agency", "Example Agency", "--role", "analyst"), DONE)
        for name in ("ledger.sqlite-wal", "ledger.sqlite-shm"):
            (workspace.path / name).unlink(missing_ok=True)
        (workspace.path / "ledger.sqlite").write_bytes(old)
        self.assertEqual(workspace.audit("verify").status, DAMAGED)

    def test_nothing_is_written_over_a_log_that_does_not_hold(self):
        workspace = self.spoilt("kept", self.flipped(2))
        workspace.audit("verify")
        self.assert_named(workspace, 2)


class Erasure(Filled):
    def test_an_erased_row_is_gone_from_every_file_and_the_log_still_holds(self):
        workspace = self.copy("erasing")
        needle = f"{1:064x}".encode()
        shown = workspace.json("erase", self.first_record, "--basis", "UKGDPR_ART17")
        self.assert_ends(shown, REFUSED)
        erased = workspace.json("erase", self.first_record, "--basis", "UKGDPR_ART17", "--purpose", "GOVERN", "--reason", "request 17")
        self.assert_ends(erased, DONE)
        self.assertEqual(sum(workspace.counted().values()), sum(self.before[1].values()) - 1)
        self.assertTrue(workspace.log_is_sound())
        for path in workspace.path.rglob("*"):
            if path.is_file():
                self.assertNotIn(needle, path.read_bytes(), path)
        trace = workspace.json("trace", self.first_record)
        self.assertNotIn(needle.decode(), trace.words)

    def test_a_restore_carries_out_the_orders_that_came_after_the_backup(self):
        workspace = self.copy("ordering")
        self.assert_ends(workspace.json("backup", self.folder / "before", "--keys-to", self.folder / "before-keys"), DONE)
        erased = workspace.json("erase", self.first_record, "--basis", "UKGDPR_ART17", "--purpose", "GOVERN", "--reason", "request 18")
        self.assert_ends(erased, DONE)
        back = Workspace(self.folder / "back")
        restored = back.json("restore", self.folder / "before", "--keys-from", self.folder / "before-keys", "--orders-from", workspace.path)
        self.assertIn(restored.status, (DONE, FINDINGS), str(restored))
        self.assertEqual(back.counted(), workspace.counted())


class Backup(Filled):
    def test_a_backup_comes_back_as_it_was(self):
        self.assert_ends(self.workspace.json("backup", self.folder / "kept", "--keys-to", self.folder / "kept-keys"), DONE)
        back = Workspace(self.folder / "came-back")
        restored = back.json("restore", self.folder / "kept", "--keys-from", self.folder / "kept-keys")
        self.assertIn(restored.status, (DONE, FINDINGS), str(restored))
        self.assertEqual(back.shown(), self.before)
        self.assertTrue(back.log_is_sound())

    def test_files_of_a_workspace_are_their_owners_alone(self):
        for root in (self.workspace.path, self.workspace.keys):
            for path in [root, *root.rglob("*")]:
                self.assertEqual(os.stat(path).st_mode & 0o077, 0, path)


if __name__ == "__main__":
    unittest.main()
