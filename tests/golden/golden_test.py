#!/usr/bin/env python3
"""Golden reports of the sample in full text. UPDATE_GOLDEN=1 rewrites them; read the change before committing it."""
import difflib, os, pathlib, subprocess, sys

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
here = root / "tests/golden"
J, O = "data/sample/texts/01_journal_traditional.txt", "data/sample/texts/05_compilation_ocr.md"
DRAFTS = ["data/sample/texts/03_article_quoting.txt", "data/sample/texts/04_feature.txt", "--against", "data/sample/texts",
          "--accept", "tests/golden/accept.json", "--points", "--characters", "20000"]
CASES = {
    "trace.en.txt": ["trace", "data/sample/texts", "--lang", "en"],
    "trace.zh.txt": ["trace", "data/sample/texts", "--lang", "zh"],
    "trace.json": ["trace", "data/sample/texts", "--format", "json"],
    "diff.en.txt": ["diff", J, O, "--lang", "en"],
    "diff.zh.txt": ["diff", J, O, "--lang", "zh"],
    "verify.zh.txt": ["verify", *DRAFTS, "--lang", "zh"],
    "verify.en.txt": ["verify", *DRAFTS, "--lang", "en"],
    "verify.line.txt": ["verify", *DRAFTS, "--format", "line", "--lang", "zh"],
    "verify.csv": ["verify", *DRAFTS, "--format", "csv", "--lang", "zh"],
    "verify.html": ["verify", *DRAFTS, "--format", "html", "--lang", "zh"],
    "verify.sarif": ["verify", *DRAFTS, "--format", "sarif", "--lang", "zh"],
    "verify.json": ["verify", *DRAFTS, "--format", "json"],
    "inspect.en.txt": ["inspect", "data/sample/texts", "--lang", "en"],
}
failed = 0
for name, args in CASES.items():
    got = subprocess.run([program, *args, "--color", "never"], cwd=root, capture_output=True).stdout.decode("utf-8")
    golden = here / name
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(got.encode())
    want = golden.read_bytes().decode()
    if got != want:
        failed += 1
        print(*list(difflib.unified_diff(want.splitlines(), got.splitlines(), name, "now", lineterm="", n=1))[:60], sep="\n")
    if len(want) < 500:
        failed += 1
        print(name, "is too short to show anything")
sys.exit(bool(failed))
