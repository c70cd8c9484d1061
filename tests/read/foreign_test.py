#!/usr/bin/env python3
"""Forms that are refused with what to do instead, and what is asked of LibreOffice and said where it fails."""
import os, pathlib, shutil, subprocess, sys, tempfile, time

program = os.path.abspath(sys.argv[1])
folder = pathlib.Path(tempfile.mkdtemp())
faults, checks = [], 0


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


def inspect(path, **env):
    from_ = time.monotonic()
    p = subprocess.run([program, "inspect", path, "--lang", "en"], capture_output=True, text=True, env=dict(os.environ, **env))
    return p.returncode, p.stdout, p.stderr, time.monotonic() - from_


def refused(name, content, *words, **env):
    path = folder / name
    path.write_bytes(content)
    code, _, said, took = inspect(path, **env)
    need(code == 2, f"{name}: exit status {code}: {said}")
    need(took < 2, f"{name}: {took:.1f} s")
    for word in (name, *words):
        need(word in said, f"{name}: \"{word}\" is not said: {said}")


# What stands behind the sign does not matter, nor does the name.
for name, sign, *words in (
        ("page.png", b"\x89PNG\r\n\x1a\n", "a picture", "tesseract"), ("page.jpg", b"\xff\xd8\xff\xe0", "a picture"),
        ("page.gif", b"GIF89a", "a picture"), ("page.tif", b"II*\0", "a picture"), ("page.bmp", b"BM\x36\x10\0\0\0\0\0\0" + bytes(60), "a picture"),
        ("page.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "a picture"), ("page.djvu", b"AT&TFORM", "DjVu"),
        ("a.caj", b"CAJ\0", "CNKI", "print it to PDF"), ("b.caj", b"HN\0\0", "CNKI"), ("c.nh", b"\xc8\0\0\0", "CNKI"),
        ("d.kdh", b"KDH \x00\x00", "CNKI"), ("e.teb", b"TEB\0", "CNKI"), ("a.txt", b"KDH 2.00", "CNKI"),
        ("a.mobi", b"a book" + bytes(54) + b"BOOKMOBI", "Kindle", "EPUB"), ("a.rar", b"Rar!\x1a\7\0", "an archive", "unpack"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "an archive"), ("a.bz2", b"BZh91AY&SY", "bunzip2"), ("a.xz", b"\xfd7zXZ\0", "unxz"),
        ("a.ps", b"%!PS-Adobe-3.0", "ps2pdf"), ("a.db", b"SQLite format 3\0", "CSV"), ("a.mp3", b"ID3\4", "sound")):
    refused(name, sign + bytes(range(256)) * 8, *words)
for text in ("BM这两个字母也可以开头。" * 9, "HN是湖南的缩写，不是文件。" * 9, "ID 3号桥的记录。" * 9):
    path = folder / "text.txt"
    path.write_text(text, "utf-8")
    need(inspect(path)[0] == 0, f"a text is refused: {text[:9]}")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
refused("sheet.xls", OLE + "Workbook".encode("utf-16-le") + bytes(99), "a spreadsheet", ".csv")
refused("slides.ppt", OLE + "PowerPoint Document".encode("utf-16-le"), "slides")
refused("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password")
refused("other.doc", OLE, "no text document")
word = OLE + "WordDocument".encode("utf-16-le") + bytes(9000)
empty = folder / "bin"
empty.mkdir()
refused("old.doc", word, "LibreOffice, which is not installed", "install libreoffice-writer-nogui", PATH=str(empty))
refused("old.wps", word, "LibreOffice, which is not installed", PATH=str(empty))
refused("old.rtf", b"{\\rtf1 x}", "LibreOffice, which is not installed", PATH=str(empty))


def soffice(script):
    (empty / "soffice").write_text("#!/bin/sh\n" + script + "\n")
    (empty / "soffice").chmod(0o755)
    return f"{empty}:/usr/bin:/bin"


refused("broken.doc", word, "could not read it", "save it as .docx", PATH=soffice("exit 0"))
refused("crash.doc", word, "could not read it", PATH=soffice("kill -SEGV $$"))
refused("full.doc", word, "could not read it", PATH=soffice("yes | head -c 400000000 > out; mkdir -p out && exit 1"))
# What it is asked for: a profile and a folder of its own, nothing of the user's.
refused("asked.doc", word, PATH=soffice(f'printf "%s\\n" "$HOME" "$@" > {folder}/asked; exit 1'))
asked = (folder / "asked").read_text()
need(os.environ.get("HOME", "/root") not in asked.splitlines() and "-env:UserInstallation=file://" in asked and "--headless" in asked, f"asked: {asked}")
home = asked.splitlines()[0]
need(not os.path.exists(home), f"{home} is left behind")

shutil.rmtree(folder)
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
