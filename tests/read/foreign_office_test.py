#!/usr/bin/env python3
"""Documents of Word before 2007, WPS and RTF are read as the text that they hold; skipped where LibreOffice is not installed."""
import os, pathlib, shutil, subprocess, sys, tempfile

program, fixtures = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]) / "tests/fixtures"
if not shutil.which("soffice"):
    print("LibreOffice is not installed")
    sys.exit(77)
faults = []
with tempfile.TemporaryDirectory() as folder:
    wps = shutil.copy(fixtures / "article.doc", pathlib.Path(folder) / "article.wps")
    for path in (fixtures / "article.doc", fixtures / "article.rtf", wps):
        read = subprocess.run([program, "inspect", path, "--lang", "en"], capture_output=True, text=True)
        if read.returncode != 0 or "老桥会说话" not in read.stdout:
            faults.append(f"{path}: {read.stderr}")
        same = subprocess.run([program, "diff", fixtures / "article.txt", path], capture_output=True, text=True)
        if same.returncode != 0:
            faults.append(f"{path}: {same.stdout[:400]}")
print(*faults, sep="\n")
sys.exit(bool(faults))
