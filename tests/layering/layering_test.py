#!/usr/bin/env python3
"""The house rules as a test: a stage includes only base and earlier stages; third parties stay in their rooms;
public headers show the standard library and tl::expected alone; only cli prints; the name of a library's rules is made of all files that hold them."""
import pathlib, re, sys

root = pathlib.Path(sys.argv[1])
STAGES = ["base", "read", "segment", "fold", "index", "align", "chain", "verify", "report", "library", "cli"]
ROOMS = {  # include prefix → the stages that may have it
    "unicode/": {"read", "segment", "chain/word_edges.cpp"}, "dtl/": {"align/edit_script.cpp"}, "nlohmann/": {"read", "report", "library/json.cpp"},
    "CLI/": {"cli"}, "openssl/": {"base"}, "zlib.h": {"read"}, "gumbo.h": {"read/html_tree.hpp"}, "zip.h": {"zip.cpp"}, "pugixml.hpp": {"read/xml.hpp", "pdf.cpp"},
    "toml++/": {"side_file.cpp"}, "xxhash.h": {"checksum.cpp"}, "sqlite3.h": {"catalogue.cpp"}, "xlsxwriter.h": {"verify_xlsx.cpp"}, "sys/wait.h": {"child.cpp"}, "tl/": {"base.hpp"},
}
faults = []
seen = 0


def stage_of(path):
    rel = path.relative_to(root)
    return rel.parts[1] if rel.parts[0] == "src" else rel.stem


files = [*(root / "src").rglob("*.?pp"), *(root / "src").rglob("*.in"), *(root / "include").rglob("*.hpp")]
for path in files:
    text = path.read_text("utf-8")
    mine = stage_of(path)
    place = str(path.relative_to(root / path.relative_to(root).parts[0]))
    for line, include in re.findall(r'^(#include [<"]([^>"]+)[>"])', text, re.M):
        seen += 1
        other = re.match(r"(?:suyuan/)?(\w+)[/.]", include)
        if include.startswith("suyuan/") or (other and other[1] in STAGES and line[9] == '"'):
            target = other[1]
            if mine == "suyuan" or target == "suyuan":
                if mine not in ("suyuan", "cli"):
                    faults.append(f"{path}: includes everything: {include}")
            elif STAGES.index(target) > STAGES.index(mine):
                faults.append(f"{path}: {mine} includes the later stage {target}")
        for prefix, rooms in ROOMS.items():
            if include.startswith(prefix) and mine not in rooms and place not in rooms and path.name not in rooms:
                faults.append(f"{path}: {include} is not for {mine}")
            if include.startswith(prefix) and path.is_relative_to(root / "include") and prefix != "tl/":
                faults.append(f"{path}: a third party in a public header: {include}")
    if mine != "cli" and re.search(r"std::(cout|cerr|clog)|\b(f?printf|f?puts|putchar)\s*\(", text.split("int main")[0]):
        if "suyuan.hpp" not in path.name:  # its example prints
            faults.append(f"{path}: prints")
    if mine not in ("cli",) and re.search(r"\b(time|getenv|setlocale|system_clock)\b\s*(\(|::)", text) and path.name != "child.cpp":
        faults.append(f"{path}: looks at the clock, the environment or the locale")
listed = (root / "CMakeLists.txt").read_text("utf-8")
for path in (root / "src").rglob("*.cpp"):
    if str(path.relative_to(root)) not in listed:
        faults.append(f"{path}: is not in CMakeLists.txt")
# What a library keeps is made by the rules in these files, so whatever they include must be among them.
globs = re.search(r"file\(GLOB rules RELATIVE \S+ CONFIGURE_DEPENDS([^)]+)\)", listed)[1].split()
rules = {path for pattern in globs for path in root.glob(pattern)}
for path in sorted(rules):
    for include in re.findall(r'^#include "([^"]+)"', path.read_text("utf-8"), re.M):
        if root / ("include" if include.startswith("suyuan/") else "src") / include not in rules:
            faults.append(f"{path}: includes {include}, which is not among the rules of CMakeLists.txt")
print(*faults, sep="\n")
print(f"{seen} includes in {len(files)} files")
sys.exit(bool(faults) or seen < 50)
