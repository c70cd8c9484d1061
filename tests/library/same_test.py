#!/usr/bin/env python3
"""A library answers as the files do, byte for byte: the sample, and the real sources where they are."""
import json, os, pathlib, random, re, subprocess, sys, tempfile

os.environ["SUYUAN_LANG"] = "en"
random.seed(31)
program, root = sys.argv[1], pathlib.Path(sys.argv[2])
shared = pathlib.Path(os.environ.get("SUYUAN_SHARED", root.parent / "shared"))
faults = []
compared = 0


def run(*args):
    p = subprocess.run([program, *map(str, args)], capture_output=True)
    return p.returncode, p.stdout, p.stderr


def same(what, on_files, on_library):
    global compared
    compared += 1
    if on_files != on_library:
        faults.append(f"{what}: a library answers otherwise than the files")


def planted(files):
    """A draft: quotations of all lengths, as they stand, with letters changed at some distance, shortened, put together, made up."""
    texts = [p.read_text("utf-8", "replace") for p in files]
    letters = [c for t in texts for c in t if "\u4e00" <= c <= "\u9fff"]
    occasions = [m for t in texts for m in re.findall(r"在[^，。、\n]{4,16}(?:会议|座谈会|考察|代表团)[^，。\n]{0,2}", t)] or ["在一次座谈会上"]
    out = ["一篇稿件\n\n"]
    for _ in range(24):
        text = random.choice(texts)
        at = random.randrange(max(1, len(text) - 120))
        words = list(re.sub(r"\s|[“”《》]", "", text[at:at + random.choice((8, 9, 10, 11, 14, 18, 24, 40, 70, 110))]))
        how, step = random.randrange(6), random.choice((3, 4, 5, 7))
        if how == 1:
            for i in range(random.randrange(1, step + 1), len(words), step):
                words[i] = random.choice(("", random.choice(letters), words[i] + random.choice(letters)))
        elif how == 2:
            words[len(words) // 3:len(words) // 2] = "……"
        elif how == 3:
            other = random.choice(texts)
            words += re.sub(r"\s|[“”《》]", "", other[len(other) // 2:len(other) // 2 + 30])
        elif how == 4:
            words = random.sample(letters, min(len(words), len(letters)))
        saying = random.choice(("他说：", "会议强调：", "有人" + random.choice(occasions) + "指出，", "有人" + random.choice(occasions) + "强调："))
        cited = random.choice(("", "", "（《云川日报》2031年5月10日）", "（《求是》2024年第6期）"))
        out.append(f"{saying}“{''.join(words)}”{cited}。{random.choice(('', text[at:at + 40]))}\n")
    return "".join(out)


def check(name, files, asked, work, folder):
    libraries = []
    for number, order in enumerate((files, files[::-1])):
        library = folder / f"{name}{number}"
        if number == 0:
            faults.extend([] if run("add", library, *order)[0] == 0 else ["add"])
        else:  # one by one, some of them twice and replaced, so that segments merge
            for path in order:
                run("add", library, path)
            for path in order[::2]:
                run("remove", library, path)
                run("add", library, path)
        libraries.append(library)
    half = folder / f"{name}half"
    run("add", half, *files[::2])
    mixed = [half, *files[1::2]]
    everything = ["--format", "json", "--include", "alignments,texts,formulas"]
    for what, args in (("trace", everything), ("trace as text", []), ("trace since", ["--since", "2020", *everything]),
                       ("trace one work", ["--work", work, *everything])):
        expected = run("trace", *files, *args)
        if not expected[1]:
            faults.append(f"{name}: {what} finds nothing to compare: {expected[2]}")
        for texts in ([libraries[0]], [libraries[1]], mixed, [libraries[0], files[0]]):
            same(f"{name}: {what} {texts[0].name}", expected, run("trace", *texts, *args, "--jobs", random.choice((1, 2))))
    for text in asked:
        for args in (["--format", "json"], ["--sort", "match", "--limit", "2"]):
            expected = run("find", *files, "--text", text, *args)
            for texts in ([libraries[0]], [libraries[1]], mixed):
                same(f"{name}: find", expected, run("find", *texts, "--text", text, *args))
    # Any words of theirs, as they are and altered: `find` reads of a library only what it needs.
    for number in range(40):
        text = random.choice(files).read_text("utf-8", "replace").replace("\n", "")
        size = random.choice((5, 8, 20, 20, 40, 80, 150))
        at = random.randrange(max(1, len(text) - size))
        words = text[at:at + size]
        words = words if number % 2 else words[:size // 2] + random.choice(("", "的", "梁")) + words[size // 2 + 1:]
        if words.strip():
            args = ["--text", words, "--format", random.choice(("json", "text", "csv"))]
            same(f"{name}: find {words}", run("find", *files, *args), run("find", libraries[number // 2 % 2], *args))
    # Every text as a draft, and drafts whose quotations are theirs, as they are and altered.
    for draft in files if name == "sources" else files[-4:]:
        for form in ("json", "text"):
            expected = run("verify", draft, "--against", *files, "--format", form)
            for texts in ([libraries[0]], [libraries[1]], mixed):
                same(f"{name}: verify", expected, run("verify", draft, "--against", *texts, "--format", form))
    verdicts = set()
    for number in range(12):
        draft = folder / f"{name}draft{number}.txt"
        draft.write_text(planted(files), "utf-8")
        expected = run("verify", draft, "--against", *files, "--format", "json")
        verdicts.update(q["verdict"] for q in json.loads(expected[1])["quotations"])
        same(f"{name}: verify planted words", expected, run("verify", draft, "--against", libraries[number % 2], "--format", "json"))
    if len(verdicts) < 5:
        faults.append(f"{name}: planted words are nothing but {verdicts}")
    expected = run("inspect", *files, "--format", "json")
    same(f"{name}: inspect", expected, run("inspect", libraries[1], "--format", "json"))
    # By day and by work are parts of all.
    count = lambda *args: run("trace", *files, "--format", "jsonl", *args)[1].count(b"\n")
    if not 0 < count("--work", work) <= count() or count("--since", "2999") != 0 or count("--since", "1000") > count():
        faults.append(f"{name}: --since and --work choose wrongly")


with tempfile.TemporaryDirectory() as made:
    folder = pathlib.Path(made)
    sample = sorted((root / "data/sample/texts").iterdir())
    check("sample", sample, ["书屋不在大，在于门常开", "一道田埂走半天，才明白梯田不是山上的画", "此句不见于任何一处的文字"],
          "给河流留一条路", folder)
    seeds = sorted((shared / "corpus/seeds").glob("*.txt")) if (shared / "corpus/seeds").is_dir() else []
    if seeds:
        check("sources", seeds, ["发展新质生产力是推动高质量发展的内在要求和重要着力点"], str(seeds[0]), folder)
    else:
        print("the real sources are not at", shared)
print(*faults, sep="\n")
print(f"{compared} answers compared")
sys.exit(bool(faults) or compared < 30)
