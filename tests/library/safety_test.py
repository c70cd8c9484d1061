#!/usr/bin/env python3
"""The library's commands as a user runs them, killed at any instant.

    safety_test.py SUYUAN [ROUNDS]

Each round starts an `add` that replaces some files and adds others, kills it (-9) after a random time, and looks: the
library opens, is sound, holds what had been reported and each file whole, as it was or as it is; then `add` goes on.
"""
import hashlib, json, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, time

os.environ["SUYUAN_LANG"] = "en"
program = sys.argv[1]
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
root = pathlib.Path(tempfile.mkdtemp(prefix="suyuan-safety-"))
lib, texts = root / "lib", root / "texts"
texts.mkdir()
faults = []
generator = random.Random(3)


def run(*args):
    p = subprocess.run([program, *map(str, args)], capture_output=True, text=True)
    return p.returncode, p.stdout, p.stderr


def need(ok, what):
    if not ok:
        faults.append(what)
        print("fault:", what)


def prose(characters):
    return "".join(chr(0x4E00 + generator.randrange(3000)) if generator.randrange(14) else "。\n" for _ in range(characters))


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def held():
    code, out, err = run("list", lib, "--format", "json")
    need(code == 0, "list: " + err)
    return {s["path"]: s["sha256"] for s in json.loads(out)["sources"]} if code == 0 else {}


# Exit codes and words.
small = texts / "small.txt"
small.write_text("河流有路，老桥要慢。\n")
need(run("check", lib)[0] == 2 and run("list", lib)[0] == 2 and run("remove", lib, "x")[0] == 2, "no library is an error")
code, out, err = run("add", lib, small)
need(code == 0 and out.startswith("added  ") and err == "", "add says what it did: " + out + err)
need(run("add", lib, small)[1] == "1 unchanged\n", "unchanged")
code, out, err = run("add", lib, root / "nothing.txt", small)
need(code == 2 and "nothing.txt" in err and "1 unchanged" in out, "the others are still worked on")
need(run("check", lib)[0] == 0, "sound")
(lib / "00000099.segment").write_bytes(b"half")
code, out, _ = run("check", lib)
need(code == 0 and "note" in out and "00000099" in out, "leftovers are notes")
code, out, _ = run("check", lib, "--format", "json")
need(json.loads(out)["diagnostics"][0]["severity"] == "note", "check as JSON")
segment = next(p for p in lib.glob("*.segment") if p.name != "00000099.segment")
whole = segment.read_bytes()
segment.write_bytes(whole[:50] + bytes([whole[50] ^ 4]) + whole[51:])
code, out, _ = run("check", lib)
need(code == 2 and segment.name in out and "damage" in out, "damage is named")
need(run("list", lib)[0] == 2, "damage is an error everywhere")
segment.write_bytes(whole)
need(run("remove", lib, "nothing")[0] == 2 and run("remove", lib, small)[0] == 0 and held() == {}, "remove")
need(json.loads(run("add", lib, small, "--format", "json")[1])["changes"][0]["change"] == "added", "add as JSON")

# Killed.
files = []
for i in range(24):
    path = texts / f"{i}.txt"
    path.write_text(prose(40000 if i % 6 == 0 else 3000))
    files.append(path)
started = time.monotonic()
run("add", lib, texts, "--memory", "1", "--jobs", "1")
longest = time.monotonic() - started
killed = 0
for number in range(rounds):
    before = held()
    for path in generator.sample(files, 6):
        path.write_text(prose(40000 if generator.randrange(6) == 0 else 3000))
    fresh = texts / f"round{number}.txt"
    fresh.write_text(prose(3000))
    files.append(fresh)
    if len(files) > 40:
        gone = files.pop(generator.randrange(24))
        run("remove", lib, gone)
        gone.unlink()
        before.pop(str(gone), None)
    now = {str(p): sha(p) for p in files + [small]}
    started = time.monotonic()
    process = subprocess.Popen([program, "add", str(lib), str(texts), "--memory", "1", "--jobs", "1"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
    try:
        out, _ = process.communicate(timeout=generator.uniform(0, longest))
        longest = time.monotonic() - started  # so that later rounds are killed while they run
    except subprocess.TimeoutExpired:
        longest *= 1.1
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate()
        killed += 1
    code, said, _ = run("check", lib)
    need(code == 0, f"round {number}: damaged: {said}")
    after = held()
    for path in {*before, *now}:
        need(after.get(path) in {before.get(path), now.get(path)}, f"round {number}: {path} is neither as it was nor as it is")
    for line in out.splitlines(keepends=True):
        word, _, rest = line.partition("  ")
        if word in ("added", "replaced") and line.endswith("\n"):
            path = rest.split("  ")[0]
            need(after.get(path) == now[path], f"round {number}: {path} was reported and is not there")
    if number % 5 == 4:
        code, out, err = run("add", lib, texts)
        need(code == 0 and held() == {p: s for p, s in now.items()}, f"round {number}: add does not go on: {err}")
    if faults:
        break
shutil.rmtree(root)
print(f"{rounds} rounds, {killed} killed; the first add took {longest:.3f} s")
sys.exit(bool(faults) or (rounds >= 20 and killed < rounds // 4))
