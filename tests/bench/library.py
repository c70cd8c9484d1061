#!/usr/bin/env python3
"""What a library costs: add, size, check, open; find, verify and trace on it, each in a process of its own.

    library.py SUYUAN BENCH-SORT CORPUS.jsonl.gz ROOT [CHARACTERS [questions]]

`find` is asked by bench-questions, which stands beside BENCH-SORT: 300 random windows of each length, half with an edit, by the clock,
each after all have been asked once; and in processes of their own.

The texts are the corpus, then copies of it, each written in its own random permutation of the Han characters (digits, dates
and the words that introduce speech keep theirs), so that the statistics stay and nothing is shared; then 1 % of the passages
give way to edited passages of earlier copies. The seed is fixed. Times are processor time, best of three for add, one for the
rest; in brackets the ratio to std::sort of as many 64-bit keys.
"""
import gzip, json, os, pathlib, random, re, statistics, subprocess, sys, tempfile

program, sorter, corpus, root = sys.argv[1], sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
wanted = int(sys.argv[5]) if len(sys.argv) > 5 else 10_000_000
asks = "questions" in sys.argv[6:]
generator = random.Random(20240306)
records = [json.loads(line) for line in gzip.open(corpus, "rt", encoding="utf-8")]
kept = set("年月日时分第〇零一二三四五六七八九十百千万亿两")
for line in (root / "data/lexicons/introducers.tsv").read_text("utf-8").splitlines():
    if line and not line.startswith("#"):
        kept.update(line.split("\t")[0])
han = sorted({c for r in records for c in r["text"] + r["title"] if "\u4e00" <= c <= "\u9fff"} - kept)


def edited(passage):
    at = generator.randrange(len(passage))
    return passage[:at] + generator.choice(["", generator.choice(han), passage[at] * 2]) + passage[at + 1:]


def run(*args):
    with tempfile.NamedTemporaryFile("r") as spent:
        p = subprocess.run(["/usr/bin/time", "-q", "-o", spent.name, "-f", "%U %S %M %e", program, *map(str, args)], capture_output=True, text=True)
        user, system, kilobytes, wall = map(float, spent.read().split())
    return p, user + system, kilobytes / 1024, wall


with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as made:
    folder = pathlib.Path(made)
    written, copies, earlier, files, windows = 0, 0, [], [], []
    while written < wanted:
        shuffled = han[:]
        if copies:
            generator.shuffle(shuffled)
        table = str.maketrans("".join(han), "".join(shuffled))
        path = folder / f"copy{copies}.jsonl"
        with open(path, "w", encoding="utf-8") as out:
            for r in records:
                passages = re.findall(r"[^。\n]*[。\n]?", r["text"].translate(table))
                for i, passage in enumerate(passages):
                    if earlier and len(passage) > 20 and generator.random() < 0.01:
                        passages[i] = edited(generator.choice(earlier))
                    elif len(passage) > 40 and generator.random() < 0.02:
                        earlier.append(passage)
                text = "".join(passages)
                if generator.random() < 0.05 and len(text) > 100:
                    at = generator.randrange(len(text) - 90)
                    windows.append(text[at:at + 90].replace("\n", "").replace("\t", ""))
                written += len(text)
                out.write(json.dumps({"id": f"{copies}-{r['id']}", "title": r["title"].translate(table), "outlet": r["outlet"], "date": r["date"],
                                      "text": text}, ensure_ascii=False) + "\n")
                if written >= wanted:
                    break
        files.append(path)
        copies += 1
    library = folder / "library"
    best = None
    for _ in range(3):
        subprocess.run(["rm", "-rf", library])
        _, seconds, megabytes, wall = run("add", library, *files)
        best = (seconds, megabytes, wall) if best is None else min(best, (seconds, megabytes, wall))
    held = json.loads(run("check", library, "--format", "json")[0].stdout)
    characters = held["characters"]
    keys = float(subprocess.run([sorter, str(characters)], capture_output=True, text=True).stdout)
    size = sum(p.stat().st_size for p in library.iterdir())
    print(f"{characters} characters in {held['documents']} texts, {held['segments']} segments; std::sort of as many keys {keys:.2f} s")
    print(f"add    {best[0]:.2f} s ({best[0] / keys:.2f}), {characters / best[0] / 1e6:.2f} million characters a second of processor time, "
          f"{characters / best[2] / 1e6:.2f} of the clock; at most {best[1]:.0f} MB")
    print(f"size   {size / 1e6:.1f} MB, {size / characters:.2f} bytes a character")
    _, seconds, megabytes, _ = run("add", library, *files)
    print(f"add of nothing new   {seconds:.2f} s, {megabytes:.0f} MB")
    for command in ("check", "list"):
        _, seconds, megabytes, _ = run(command, library)
        print(f"{command}  {seconds:.2f} s ({seconds / keys:.2f}), {megabytes:.0f} MB")
    if asks:
        asked = folder / "asked.txt"
        with open(asked, "w", encoding="utf-8") as out:
            for letters in (20, 40, 80):
                for number, text in enumerate(generator.sample([w for w in windows if len(w) >= letters], 300)):
                    text = text[:letters]
                    out.write(f"{letters}\t{edited(text) if number % 2 else text}\n")
        answers = subprocess.run([pathlib.Path(sorter).parent / "bench-questions", library], stdin=open(asked), capture_output=True, text=True)
        print(answers.stderr, end="")
        for line in answers.stdout.splitlines():
            letters, median, last, found, of = line.split()
            print(f"find {letters} characters, warm   median {float(median):.2f} ms, 99th percentile {float(last):.2f} ms, {found} of {of} in some place")
        spent = []
        for line in generator.sample(asked.read_text("utf-8").splitlines(), 20):
            p, seconds, megabytes, wall = run("find", library, "--text", line.split("\t")[1], "--limit", 100)
            spent.append((wall, seconds, megabytes))
        print(f"find, a fresh process   median {statistics.median(s[0] for s in spent) * 1000:.0f} ms of the clock, {statistics.median(s[1] for s in spent) * 1000:.0f} ms of processor time, {max(s[2] for s in spent):.0f} MB")
        draft = folder / "draft.txt"
        draft.write_text("".join(f"他说：“{generator.choice(earlier).strip()}”这句话说得好。\n" for _ in range(90))[:6000], "utf-8")
        answers = subprocess.run([pathlib.Path(sorter).parent / "bench-questions", library, draft], capture_output=True, text=True)
        print(answers.stderr, end="")
        first, best, median, findings = map(float, answers.stdout.split())
        print(f"verify a draft of 6,000 characters, {findings:.0f} findings, warm   median {median:.0f} ms, best {best:.0f} ms; the first time {first:.0f} ms")
        _, seconds, megabytes, wall = min((run("verify", draft, "--against", library) for _ in range(3)), key=lambda r: r[1])
        print(f"verify, a fresh process   {wall * 1000:.0f} ms of the clock, {seconds * 1000:.0f} ms of processor time, {megabytes:.0f} MB")
        _, seconds, megabytes, _ = run("trace", library, "-o", folder / "report.txt")
        print(f"trace  {seconds:.2f} s ({seconds / keys:.2f}), {megabytes:.0f} MB")
