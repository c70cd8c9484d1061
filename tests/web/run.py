#!/usr/bin/env python3
"""run.py PROGRAM ROOT: the page in a headless browser, or one line that says why it was skipped (exit 77)."""
import pathlib, shutil, subprocess, sys

program, root = sys.argv[1:3]
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
sys.exit(subprocess.run([node, here / "page_test.mjs", program, root, browser, *sys.argv[3:]]).returncode)
