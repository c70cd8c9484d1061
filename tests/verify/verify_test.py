#!/usr/bin/env python3
"""What `verify` says of invented drafts, one case for each verdict and flag, every form of its report, exit codes, what an
editor has decided.

    verify_test.py SUYUAN VALIDATE ROOT
"""
import csv, io, json, os, pathlib, random, re, subprocess, sys, tempfile

program, validate, root = *(os.path.abspath(a) for a in sys.argv[1:3]), pathlib.Path(sys.argv[3])
faults = []
SPEECH = ("沙漏讲话选编\n\n"
          "护林先要识林。林有林的脾气，树多的时候要有地方透风，树少的时候要有地方遮阴，这是护林的根本道理。"
          "凡是能不砍的老树就不砍，凡是能不修的林道就不修，巡山账每年都要公布一次。\n"
          "（2031年3月8日在云川林业座谈会上的讲话）\n\n"
          "护林员不是看山的闲人，要给护林员发好雨衣和津贴，全省一百二十座林场都要办到。不能光盯着木材，要看林子养了多少水。\n"
          "（2031年5月20日在梨坪林场考察时的讲话）\n")
SIDE = '["speech.txt"]\ntitle = "沙漏讲话选编"\noutlet = "远山"\npublished = "2032-08-16"\nkind = "speech"\ncopy = "print"\n'
CASES = [  # what stands before, the words, what stands after; verdict, flags that must be there, flags that must not
    ("郗望澜指出：“", "林有林的脾气，树多的时候要有地方透风，树少的时候要有地方遮阴", "”。", "verbatim", [], ["misattributed", "context-cut"]),
    ("郗望澜指出：“", "林有林的脾氣，樹多的時候要有地方透風，樹少的時候要有地方遮陰", "”。", "folded", [], ["form"]),
    ("郗望澜指出：“", "林有林的脾气，树多的时候要有地方透风、树少的时候要有地方遮阴", "”。", "punctuation", [], []),
    ("郗望澜指出：“", "林有林的脾气，树多的时候要有地方透光，树少的时候要有地方遮阴", "”。", "variant", [], ["sensitive"]),
    ("郗望澜指出：“", "凡是能砍的老树就不砍，凡是能不修的林道就不修", "”。", "variant", ["sensitive"], []),
    ("郗望澜指出：“", "凡是能不修的林道就不修，巡山帐每年都要公布一次", "”。", "variant", ["form"], []),
    ("郗望澜指出：“", "要给护林员发好雨衣和津贴，全省一百三十座林场都要办到", "”。", "variant", ["sensitive"], []),
    ("郗望澜指出：“", "林有林的脾气……这是护林的根本道理", "”。", "abridged-marked", [], ["sensitive"]),
    ("郗望澜指出：“", "林有林的脾气，树多的时候要有地方透风，这是护林的根本道理", "”。", "abridged-unmarked", [], []),
    ("郗望澜指出：“", "林有林的脾气，每一个到过山里的人都知道，树多的时候要有地方透风", "”。", "expanded", [], []),
    ("郗望澜指出：“", "凡是能不修的林道就不修，凡是能不砍的老树就不砍", "”。", "reordered", [], []),
    ("郗望澜指出：“", "树多的时候要有地方透风，要给护林员发好雨衣和津贴", "”。", "composite", [], []),
    ("郗望澜指出：“", "月亮从山后升起来的时候，渡口的人都已经睡下了", "”。", "not-found", [], []),
    ("郗望澜指出：“", "全省一百二十座林场都要办到", "”。", "verbatim", [], ["context-cut"]),
    ("在云川林业座谈会上，郗望澜指出：“", "树多的时候要有地方透风，树少的时候要有地方遮阴", "”。", "verbatim", [], ["misattributed"]),
    ("在梨坪林场考察时，郗望澜指出：“", "树多的时候要有地方透风，树少的时候要有地方遮阴", "”。", "verbatim", ["misattributed"], []),
    ("2030年2月3日，郗望澜指出：“", "树多的时候要有地方透风，树少的时候要有地方遮阴", "”。", "verbatim", ["misattributed"], []),
]
FAITHFUL = {"verbatim", "folded"}


def verify(folder, *args):
    return subprocess.run([program, "verify", *args], cwd=folder, capture_output=True)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "library").mkdir()
    (folder / "drafts").mkdir()
    (folder / "library/speech.txt").write_text(SPEECH, "utf-8")
    (folder / "library/sources.toml").write_text(SIDE, "utf-8")
    places, text = [], "一篇谈护林的稿件\n\n"
    for before, words, after, *_ in CASES:
        text += "山里的人记得那一年的事，也记得后来的许多年。" + before
        places.append(len(text))
        text += words + after + "后来的事大家都知道了。\n\n"
    (folder / "drafts/draft.txt").write_text(text, "utf-8")
    (folder / "drafts/sources.toml").write_text('["draft.txt"]\npublished = "2033-01-01"\n', "utf-8")
    args = ["drafts/draft.txt", "--against", "library"]
    done = verify(folder, *args, "--format", "json")
    if done.returncode != 1:
        faults.append(f"exit status {done.returncode}, not 1: {done.stderr.decode()[:300]}")
    report = json.loads(done.stdout)
    (folder / "report.json").write_bytes(done.stdout)
    if subprocess.run([validate, root / "data/schema/report.schema.json", folder / "report.json"]).returncode:
        faults.append("the report departs from its schema")
    at = {q["span"]["start"]: q for q in report["quotations"] if q["form"] == "direct"}
    for place, (before, words, _, verdict, wanted, unwanted) in zip(places, CASES):
        q = at.get(place)
        if q is None:
            faults.append(f"not listed: {words}")
            continue
        if q["verdict"] != verdict and not (verdict in FAITHFUL and q["verdict"] in FAITHFUL and verdict == "verbatim"):
            faults.append(f"{words}: {q['verdict']}, not {verdict}: {[(e['class'], e['op'], e['from']['text'], e['to']['text']) for s in q['sources'][:1] for e in s['edits']]}")
        for flag in wanted:
            if flag not in q["flags"]:
                faults.append(f"{words}: no {flag}: {q['flags']} {q['claims']}")
        for flag in unwanted:
            if flag in q["flags"]:
                faults.append(f"{words}: {flag}: {q['claims']}")
    for jobs in ("1", "3"):
        if verify(folder, *args, "--format", "json", "--jobs", jobs).stdout != done.stdout:
            faults.append(f"--jobs {jobs} changes the report")
    # Every form says the same findings.
    findings = [q for q in report["quotations"] if q["form"] != "unmarked"]
    lines = verify(folder, *args, "--format", "line", "--lang", "en").stdout.decode().splitlines()
    if len(lines) != len(findings) or not all(re.match(r"drafts/draft\.txt:\d+:\d+: (ok|note|check|fix): [a-z-]+: “", x) for x in lines):
        faults.append(f"line: {lines[:3]}")
    table = verify(folder, *args, "--format", "csv", "--lang", "zh").stdout
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    if not table.startswith(b"\xef\xbb\xbf") or len(rows) != len(findings) + 1 or len({len(r) for r in rows}) != 1:
        faults.append(f"csv: {len(rows)} rows")
    sarif = json.loads(verify(folder, *args, "--format", "sarif").stdout)
    run = sarif["runs"][0]
    if run["columnKind"] != "unicodeCodePoints" or len(run["results"]) != sum(q["level"] != "ok" for q in findings):
        faults.append("sarif: results")
    for r in run["results"]:
        region = r["locations"][0]["physicalLocation"]["region"]
        line = text.split("\n")[region["startLine"] - 1]
        if line[region["startColumn"] - 1:region["endColumn"] - 1] != region["snippet"]["text"]:
            faults.append(f"sarif: a region is not its snippet: {region}")
        if run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] != r["ruleId"]:
            faults.append("sarif: a rule's index")
    page = verify(folder, *args, "--format", "html", "--lang", "zh").stdout.decode()
    if "default-src 'none'" not in page or "<script" in page or any(w not in page for w in ("引文核对表", "质疑单", "勘误表")):
        faults.append("html: the page")
    shown = verify(folder, *args, "--lang", "zh").stdout.decode()
    if "校记" not in shown or "据本" not in shown or "similarity" in shown:
        faults.append("text: the findings")
    # A user's tables hold for citations too.
    (folder / "words").mkdir()
    (folder / "words/outlets.tsv").write_text("远山\tmonthly\t-\n", "utf-8")
    for more, wanted in (([], "[N]. 远山"), (["--lexicons", "words"], "[J]. 远山")):
        if wanted not in verify(folder, *args, "--lang", "zh", *more).stdout.decode():
            faults.append(f"no {wanted} with {more}")
    # A saved report makes the same forms as the run; forms of another command are refused, damage is an error.
    for form in ("text", "line", "csv", "html", "xlsx", "sarif"):
        for lang in ("zh", "en"):
            made = verify(folder, *args, "--format", form, "--lang", lang).stdout
            saved = subprocess.run([program, "render", "report.json", "--format", form, "--lang", lang], cwd=folder, capture_output=True)
            if saved.returncode != 0 or saved.stdout != made or not made:
                faults.append(f"render --format {form} --lang {lang} differs from the run")
    if subprocess.run([program, "render", "report.json", "--format", "jsonl"], cwd=folder, capture_output=True).returncode != 2:
        faults.append("render makes jsonl of a report of verify")
    random.seed(5)

    def places(node, path=()):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield path + (key,)
            if isinstance(value, (dict, list)):
                yield from places(value, path + (key,))

    everywhere = list(places(report))
    for n in range(150):
        hurt = json.loads(done.stdout)
        *above, key = random.choice(everywhere)
        node = hurt
        for k in above:
            node = node[k]
        if n % 3:
            node[key] = random.choice([None, -1, 99999, "w99999", [], {}, "", True])
        else:
            del node[key]
        form = random.choice(["text", "line", "csv", "html", "xlsx", "sarif"])
        code = subprocess.run([program, "render", "-", "--format", form], input=json.dumps(hurt).encode(), capture_output=True).returncode
        if code not in (0, 2):
            faults.append(f"a damaged report, {above + [key]}: exit status {code}")
    # What an editor decided is set aside until the quotation changes.
    changed = next(q for q in findings if q["verdict"] == "variant")
    decided = {"schema": "suyuan.accept/1", "accepted": [
        {"key": q["key"], "as": "error" if q is changed else "allowed", "who": "甲", "why": "对过原书", "when": "2033-02-01"} for q in findings if q["level"] != "ok"]}
    (folder / "suyuan-accept.json").write_text(json.dumps(decided, ensure_ascii=False), "utf-8")
    accepted = ["--accept", "suyuan-accept.json", "--points", "--characters", "10000"]
    r = json.loads(verify(folder, *args, *accepted, "--format", "json").stdout)
    if r["points"]["findings"] != 1 or r["points"]["points"] != 1 or r["points"]["per_10000"] != 1:
        faults.append(f"points: {r['points']}")
    decided["accepted"] = [a for a in decided["accepted"] if a["as"] != "error"]
    (folder / "suyuan-accept.json").write_text(json.dumps(decided, ensure_ascii=False), "utf-8")
    if verify(folder, *args, *accepted).returncode != 1:
        faults.append("a finding that nobody decided does not fail")
    decided["accepted"].append({"key": changed["key"], "who": "甲", "why": "", "when": ""})
    (folder / "suyuan-accept.json").write_text(json.dumps(decided, ensure_ascii=False), "utf-8")
    if verify(folder, *args, *accepted).returncode != 0:
        faults.append("decided findings fail")
    (folder / "drafts/draft.txt").write_text(text.replace(changed["text"], changed["text"].replace("透光", "透气")), "utf-8")
    if verify(folder, *args, *accepted).returncode != 1:
        faults.append("a decided finding does not come back when its quotation changes")
    (folder / "suyuan-accept.json").write_text("[]", "utf-8")
    if verify(folder, *args, *accepted).returncode != 2:
        faults.append("a bad accept file is no error")
    # A bound that was met is said in every form.
    (folder / "many").mkdir()
    for n in range(30):
        rest = "".join(chr(0x4E00 + (n * 97 + k * 31) % 9000) for k in range(60))
        (folder / f"many/c{n:02}.txt").write_text(f"山里的账本{n}\n\n{rest}。郗望澜曾经指出：“{CASES[0][1]}”。这话说得实在。\n", "utf-8")
    (folder / "few.txt").write_text("关于护林\n\n山里的人记得那一年的事。郗望澜指出：“" + CASES[0][1] + "”。\n", "utf-8")
    r = json.loads(verify(folder, "few.txt", "--against", "library", "many", "--format", "json").stdout)
    limit = next(q for q in r["quotations"] if q["form"] == "direct")["limits"]
    if [x["what"] for x in limit] != ["witnesses"] or limit[0]["left"] != 31 - limit[0]["bound"]:
        faults.append(f"limits: {limit}")
    for form in ("text", "line", "csv", "html", "sarif"):
        said = verify(folder, "few.txt", "--against", "library", "many", "--format", form, "--lang", "zh").stdout.decode()
        if f"另有 {limit[0]['left']} 处见载未列" not in said:
            faults.append(f"{form}: a bound that was met is not said")
    # A draft never confirms itself, nor does its copy.
    (folder / "drafts/copy.txt").write_text(text, "utf-8")
    r = json.loads(verify(folder, "drafts/draft.txt", "--against", "drafts/copy.txt", "--format", "json").stdout)
    if any(q["sources"] for q in r["quotations"]):
        faults.append("a copy of the draft confirms it")
    faithful = "关于护林\n\n" + "山里的人记得那一年的事。郗望澜指出：“" + CASES[0][1] + "”。后来的事大家都知道了。\n"
    (folder / "good.txt").write_text(faithful, "utf-8")
    given = subprocess.run([program, "verify", "-", "--against", "library"], cwd=folder, input=faithful.encode(), capture_output=True)
    if verify(folder, "good.txt", "--against", "library").returncode != 0 or given.returncode != 0:
        faults.append(f"a faithful draft fails: {given.stdout.decode()}")
    if verify(folder, "good.txt", "--against", "nothing-here").returncode != 2:
        faults.append("a library that is not there is no error")

print(*faults, sep="\n")
sys.exit(bool(faults))
