"""Turn the subunit stream of a tempest run into tables.

usage: results.py STREAM DIRECTORY SECONDS [LIST]

Writes results.csv, failures.txt and summary.txt to the directory and prints the summary. With a list of test ids, a test of
it that did not run is "absent". Ends with 1 unless every test passed.
"""
import collections
import csv
import re
import sys

import subunit
import testtools

PASSED = "pass"
NAMES = {"success": PASSED, "skip": "skip"}
# The line of a traceback that names the exception.
EXCEPTION = re.compile(r"^[A-Za-z_][\w.]*(Error|Exception|Mismatch|NotFound|Conflict|BadRequest|Forbidden|Fault|Timeout|[A-Z]\w+)\b")


def details(test):
    texts = {}
    for name, content in test["details"].items():
        try:
            texts[name] = content.as_text()
        except (UnicodeDecodeError, ValueError):
            continue
    return texts


def reason(traceback):
    """The exception at the end of a traceback, on one line."""
    text = [line for line in traceback.strip().split("\n") if line.strip()]
    starts = [index for index, line in enumerate(text) if EXCEPTION.match(line)]
    return " ".join(" | ".join(line.strip() for line in text[starts[-1]:][:4]).split())[:600] if starts else ""


def read(path):
    """Rows of (status, seconds, reason, traceback) by test id."""
    rows = {}

    def add(test):
        if test["id"] in (None, "stdout") or test["status"] == "exists":
            return
        begin, end = test["timestamps"]
        texts = details(test)
        traceback = "\n".join(text for name, text in texts.items() if "traceback" in name)
        status = NAMES.get(test["status"], test["status"])
        why = texts.get("reason", "") if status == "skip" else "" if status == PASSED else reason(traceback)
        rows[test["id"]] = (status, (end - begin).total_seconds() if begin and end else 0, why, traceback)

    stream = testtools.StreamToDict(add)
    stream.startTestRun()
    with open(path, "rb") as file:
        subunit.ByteStreamToStreamResult(file, non_subunit_name="stdout").run(stream)
    stream.stopTestRun()
    return rows


def absent(rows, path):
    """The listed tests that did not run, for which a class that could not be set up is the cause where there is one."""
    with open(path, encoding="utf-8") as file:
        listed = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    missing = {}
    for test in listed:
        if test not in rows:
            case = test.split("[")[0].rpartition(".")[0]
            status, _, why, _ = rows.get(f"setUpClass ({case})", ("absent", 0, "did not run", ""))
            missing[test] = ("skip" if status == "skip" else "absent", 0, why, "")
    return missing


def main():
    stream, directory, seconds = sys.argv[1:4]
    rows = read(stream)
    if len(sys.argv) > 4:
        rows |= absent(rows, sys.argv[4])
        rows = {test: row for test, row in rows.items() if not (test.startswith("setUpClass") and row[0] == "skip")}
    totals = collections.Counter(row[0] for row in rows.values())
    with open(f"{directory}/results.csv", "w", newline="", encoding="utf-8") as table, \
            open(f"{directory}/failures.txt", "w", encoding="utf-8") as failures:
        writer = csv.writer(table)
        writer.writerow(["test", "status", "seconds", "reason"])
        for test, (status, duration, why, traceback) in sorted(rows.items()):
            writer.writerow([test, status, f"{duration:.2f}", why])
            if status not in (PASSED, "skip"):
                failures.write(f"=== {test} [{status}] {why}\n{traceback}\n")
    line = f"total {len(rows)} " + " ".join(f"{name}={count}" for name, count in sorted(totals.items())) + f" in {seconds} s"
    with open(f"{directory}/summary.txt", "w", encoding="utf-8") as summary:
        summary.write(line + "\n")
    print(line)
    sys.exit(0 if rows and totals[PASSED] == len(rows) else 1)


if __name__ == "__main__":
    main()
