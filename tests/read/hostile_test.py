#!/usr/bin/env python3
"""Hostile input at the command line: a clear error, the others still read, 2 s of processor time, 512 MB.

Lines and archives are as large as the path through the code needs them; SUYUAN_HOSTILE_FULL=1 takes full sizes."""
import gzip, os, pathlib, socket, subprocess, sys, tempfile

program = os.path.abspath(sys.argv[1])
FULL = os.environ.get("SUYUAN_HOSTILE_FULL") == "1"
root = pathlib.Path(tempfile.mkdtemp())
faults, checks = [], 0
SAY = "护河先要识河，要把上游的林、中游的田放在一张图上看。"


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


# Between this process and the program stands a small one: a child inherits the high-water mark of its parent's memory.
LAUNCH = """import os, resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss // 1000)"""


def run(*args):
    """Exit status and standard error."""
    p = subprocess.run([sys.executable, "-S", "-c", LAUNCH, program, *map(str, args)], capture_output=True, text=True)
    code, seconds, megabytes = p.stdout.split()
    need(float(seconds) <= 2, f"{args[-1]}: {seconds} s")
    need(int(megabytes) <= 512, f"{args[-1]}: {megabytes} MB")
    if FULL:
        said = p.stderr.splitlines() or [""]
        print(f"{str(args[-1]).rsplit('/', 1)[-1]:18} {float(seconds):5.2f} s {megabytes:>4} MB  {said[0][-90:]}")
    return int(code), p.stderr


def case(name, content, status, *words):
    path = root / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, said = run("inspect", path)
    need(code == status, f"{name}: exit status {code}, not {status}: {said[:200]}")
    need(not status or name in said, f"{name} is not named: {said[:200]}")
    for word in words:
        need(word in said, f"{name}: \"{word}\" is not said: {said[:300]}")
    need(said.count("\n") < 40, f"{name}: {said.count(chr(10))} lines of messages")
    path.unlink()


N = 100_000
LINE = 200_000_000 if FULL else 40_000_000
case("deep.html", "<html><body>" + "<div>" * N + SAY + "</div>" * N, 0)
case("misnested.html", "<html><body>" + "<span><div></span>" * N + SAY, 0)
case("attributes.html", "<html><p " + " ".join(f"a{i}=1" for i in range(N)) + ">" + SAY, 0)
case("look.html", "<html>" + "<font color=1>" * 1000 + ("<p>" + SAY) * 2000, 0)
case("unclosed.html", "<html>" + "<a " * N, 0)
case("marks.txt", "郗望澜院长说" + "“河" * 10_000 + "\n", 0)
case("nested.txt", "“" * 20_000 + SAY + "”" * 20_000, 0)
case("verbs.txt", "他说" * 1_000_000, 0)
case("phrases.txt", "在河时" * 1_000_000, 0)
case("headings.md", "".join(f"# 一、河{i}\n\n" for i in range(N // 2)), 0)
case("sources.txt", "（《云川日报》 2031年3月9日）\n" * N, 0)
case("contents.txt", "目录\n" + "".join(f"第{i}条河的账本记事..... {i}\n" for i in range(20_000)) +
     "".join(f"第{i * 7 % 20_011}条河流的账簿记事\n{SAY}\n" for i in range(20_000)), 0)
case("dates.txt", "2031年2月30日" * N, 0)
case("line.txt", SAY * (LINE // len(SAY.encode())), 2, "32 MiB")
case("ascii.txt", "a" * LINE, 2, "32 MiB")
case("line.jsonl", '{"text":"' + "a" * (LINE // 2 if FULL else LINE) + '"}\n' + '{"text":"' + SAY + '"}\n', 2, "line 1", "32 MiB")
case("line.json", '[{"text":"' + "a" * LINE + '"}]', 2, "32 MiB")
case("binary.txt", bytes(range(256)) * 4000, 2, "binary")
case("nul.txt", b"\0" * 1_000_000, 2, "binary")
case("surrogates16.txt", b"\xff\xfe" + (SAY * 9).encode("utf-16-le") + b"\x00\xd8" + "河".encode("utf-16-le"), 2, "UTF-16")
case("surrogates8.txt", (SAY * 9).encode() + b"\xed\xa0\x80\xed\xb0\x80", 2, "UTF-8", "byte")
case("surrogates.jsonl", '{"text":"' + SAY + '\\ud800"}\n', 2, "surrogate")
case("depth.json", "[" * N, 2, "256 levels")
case("depth.jsonl", '{"text":"河","a":' + "[" * N + '\n{"text":"' + SAY + '"}\n', 2, "line 1", "256 levels")
case("empty.jsonl", '{"text":""}\n' * 1_000_000, 0)
case("blank.jsonl", "\n" * 1_000_000, 0)
case("records.jsonl", "{}\n" * 1_000_000, 2, "999995 more")
case("cells.csv", "id,text\n" + "," * 2_000_000 + "\n1," + SAY + "\n", 2, "2000001 cells")
case("quote.csv", 'id,text\n1,"' + "河\n" * 1_000_000, 2, "never closed")
case("bomb.txt.gz", gzip.compress(b"\0" * (1_000_000_000 if FULL else 200_000_000)), 2, "100 times")
case("cut.txt.gz", gzip.compress(SAY.encode() * 100)[:-20], 2, "cut short")

# What is no file, among what is one.
good = root / "good.txt"
good.write_text(SAY + "\n", "utf-8")
os.mkfifo(root / "pipe.txt")
(root / "loop.txt").symlink_to("loop.txt")
(root / "gone.txt").symlink_to("nowhere")
(root / "self").symlink_to(".")
with socket.socket(socket.AF_UNIX) as listening:
    os.chdir(root)
    listening.bind("socket.txt")
    code, said = run("inspect", root)
    need(code == 2, f"a folder of things that are no files: {code}")
    for word in ("a named pipe", "a socket", "loop.txt: a link", "gone.txt: no such", "links to folders"):
        need(word in said, f"\"{word}\" is not said: {said}")
    need("good.txt" not in said, "the file among them is read")
code, said = run("inspect", "/dev/zero")
need(code == 2 and "a device" in said, "a device is not read")
good.chmod(0)
nobody = {"user": 65534} if os.geteuid() == 0 else {}  # root reads everything
root.chmod(0o755)
try:
    p = subprocess.run([program, "inspect", good], capture_output=True, text=True, **nobody)
    need(p.returncode == 2 and "cannot be opened" in p.stderr, f"an unreadable file: {p.stderr}")
except PermissionError:
    print("unreadable file not tried: the program itself cannot be run by another user here")
good.chmod(0o600)

# Standard input is judged by its content; patterns are expanded here where the shell did not.
for given, form in ((f"<html><body><p>{SAY}</p></body></html>", "html"), (f'{{"text":"{SAY}"}}\n', "jsonl"),
                    (f"id,text\n1,{SAY}\n", "csv"), (SAY, "text")):
    p = subprocess.run([program, "inspect", "-", "--format", "json"], input=given.encode(), capture_output=True)
    need(p.returncode == 0 and f'"{form}"'.encode() in p.stdout, f"standard input as {form}")
code, said = run("inspect", root / "*od.txt")
need(code == 0 and not said, f"a pattern: {said}")
code, said = run("inspect", root / "*.none")
need(code == 2 and "no file matches" in said, "a pattern that matches nothing")

# Damage of long ago is said, and the text not taken for prose.
case("misread.txt", (SAY * 3).encode().decode("gb18030", "replace"), 2, "once read as GBK")

subprocess.run(["rm", "-r", str(root)], check=True)
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
