#!/usr/bin/env python3
"""readme_test.py PROGRAM ROOT: what the two READMEs show of a command is what it prints, but for what … stands for."""
import os, pathlib, re, subprocess, sys

program, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
faults, shown = [], 0
for name, lang in (("README.md", "en"), ("README.zh.md", "zh")):
    command, block = None, None
    for number, line in enumerate((root / name).read_text("utf-8").splitlines(), 1):
        if line.startswith("```"):
            block = [] if block is None and line == "```" and command else None
            if block is None:
                command = None
            else:
                ran = subprocess.run([program, *command, "--lang", lang], cwd=root, capture_output=True)
                printed, at = ran.stdout.decode().splitlines(), 0
        elif block is None:
            if found := re.search(r"(?:^    build/release/|`)suyuan ((?:trace|verify|inspect|diff) data/sample/[^`]*)", line):
                command = re.sub(r" --lang \w+", "", found[1]).split()
                command = None if "-o" in command else command
        elif line.strip(" …"):
            pattern = re.compile(".*".join(map(re.escape, line.split("…"))))
            next_at = next((i for i in range(at, len(printed)) if pattern.fullmatch(printed[i])), None)
            shown += 1
            if next_at is None:
                faults.append(f"{name}:{number}: {' '.join(command)} does not print: {line}")
            else:
                at = next_at + 1
print(*faults, sep="\n")
print(f"{shown} lines shown, {len(faults)} not printed")
sys.exit(bool(faults) or shown < 60)
