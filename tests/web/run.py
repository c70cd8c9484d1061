#!/usr/bin/env python3
"""run.py PROGRAM ROOT [TEST.mjs] [FOLDER]: a page in a headless browser, or one line that says why it was skipped (exit 77)."""
import pathlib, shutil, subprocess, sys

program, root, *rest = sys.argv[1:]
test = rest.pop(0) if rest and rest[0].endswith(".mjs") else "page_test.mjs"
here = pathlib.Path(__file__).parent
node = shutil.which("node") or shutil.which("nodejs")
browser = next((b for b in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if b), None)
for missing, what in (
    (not node, "there is no node"),
    (not browser, "there is no Chromium"),
    (not (here / "node_modules/playwright-core").exists(), "playwright-core is not installed: npm ci --prefix tests/web"),
):
    if missing:
        print(f"skipped: {what}")
        sys.exit(77)
sys.exit(subprocess.run([node, here / test, program, root, browser, *rest]).returncode)
