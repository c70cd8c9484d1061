#!/usr/bin/env python3
"""The SARIF of `verify` keeps the standard's schema; skipped where that is not installed (npm ci --prefix tests/web).

    sarif_test.py SUYUAN VALIDATE ROOT
"""
import json, os, pathlib, subprocess, sys, tempfile

program, validate, root = *(os.path.abspath(a) for a in sys.argv[1:3]), pathlib.Path(sys.argv[3])
standard = next((root / "tests/web/node_modules/@microsoft/jest-sarif/lib/schemas").glob("sarif-2.1.0*.json"), None)
if standard is None:
    print("the schema of SARIF is not installed")
    sys.exit(77)
SPEECH = ("在云川林业座谈会上的讲话\n（2031年3月8日）\n\n护林先要识林。林有林的脾气，树多的时候要有地方透风，树少的时候要有地方遮阴。"
          "凡是能不砍的老树就不砍，凡是能不修的林道就不修，巡山账每年都要公布一次。\n")
DRAFT = ("一篇谈护林的稿件\n\n郗望澜指出：“林有林的脾气，树多的时候要有地方透光，树少的时候要有地方遮阴”。后来的事大家都知道了。\n\n"
         "郗望澜指出：“凡是能砍的老树就不砍，凡是能不修的林道就不修”。\n\n郗望澜指出：“月亮从山后升起来的时候，渡口的人都已经睡下了”。\n")
WORDS = "树多的时候要有地方透风，树少的时候要有地方遮阴"
faults = []
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "speech.txt").write_text(SPEECH, "utf-8")
    (folder / "draft.txt").write_text(DRAFT, "utf-8")
    made = subprocess.run([program, "verify", "draft.txt", "--against", "speech.txt", "--format", "sarif"], cwd=folder, capture_output=True).stdout
    sarif = json.loads(made)
    if len(sarif["runs"][0]["results"]) < 3:
        faults.append(f"{len(sarif['runs'][0]['results'])} results")
    (folder / "good.sarif").write_bytes(made)
    if subprocess.run([validate, standard, folder / "good.sarif"]).returncode:
        faults.append("it departs from the standard's schema")
    # Where a bound was met, notices say so.
    for n in range(40):
        rest = "".join(chr(0x4E00 + (n * 97 + k * 31) % 9000) for k in range(60))
        (folder / f"c{n:02}.txt").write_text(f"山里的账本{n}\n\n{rest}。郗望澜曾经指出：“{WORDS}”。这话说得实在。\n", "utf-8")
    (folder / "few.txt").write_text(f"关于护林\n\n山里的人记得那一年的事。郗望澜指出：“{WORDS}”。\n", "utf-8")
    noted = subprocess.run([program, "verify", "few.txt", "--against", "speech.txt", *sorted(folder.glob("c*.txt")), "--format", "sarif"],
                           cwd=folder, capture_output=True).stdout
    if not json.loads(noted)["runs"][0]["invocations"][0].get("toolExecutionNotifications"):
        faults.append("no notice of a bound that was met")
    (folder / "noted.sarif").write_bytes(noted)
    if subprocess.run([validate, standard, folder / "noted.sarif"]).returncode:
        faults.append("with notices it departs from the standard's schema")
    # The schema tells what is wrong, so that its consent means something.
    for harm in (lambda s: s.pop("version"), lambda s: s["runs"][0]["results"][0].pop("message"),
                 lambda s: s["runs"][0]["results"][0].update(level="fix"), lambda s: s["runs"][0].update(columnKind="letters"),
                 lambda s: s["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0)):
        hurt = json.loads(made)
        harm(hurt)
        (folder / "bad.sarif").write_text(json.dumps(hurt), "utf-8")
        if subprocess.run([validate, standard, folder / "bad.sarif"], stderr=subprocess.DEVNULL).returncode == 0:
            faults.append("the schema takes a damaged file")
print(*faults, sep="\n")
sys.exit(bool(faults))
