#!/usr/bin/env python3
"""The table of look-alikes is what its generator makes of the installed Unihan."""
import pathlib, subprocess, sys

folder = pathlib.Path(sys.argv[1]) / "data/lookalikes"
run = subprocess.run([sys.executable, folder / "make_lookalikes.py"], capture_output=True)
if run.returncode == 77:
    print(run.stderr.decode())
    sys.exit(77)
if run.returncode != 0 or run.stdout != (folder / "lookalikes.tsv").read_bytes():
    print("lookalikes.tsv is not what make_lookalikes.py makes", run.stderr.decode())
    sys.exit(1)
