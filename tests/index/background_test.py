#!/usr/bin/env python3
"""The background is what its generator makes of the texts it was counted in, where these are at hand."""
import os, pathlib, subprocess, sys, tempfile

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
corpus = pathlib.Path(os.environ.get("SUYUAN_CORPUS", root.parent / "shared/corpus"))
sources = [corpus / "news-2023-2024.jsonl.gz", corpus / "govreports-1954-2019.jsonl.gz"]
if not all(s.is_file() for s in sources):
    print("skipped: the texts are not at", corpus)
    sys.exit(77)
with tempfile.TemporaryDirectory() as folder:
    made = pathlib.Path(folder) / "background.bin"
    subprocess.run([program, made, *sources], check=True)
    if made.read_bytes() != (root / "data/background/background.bin").read_bytes():
        print("background.bin is not what make-background makes: remake it, data/background/README.md says how")
        sys.exit(1)
