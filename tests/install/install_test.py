#!/usr/bin/env python3
"""A project of its own finds the installed package, builds the example, and says what the command says."""
import pathlib, subprocess, sys, tempfile

cmake, build, root, compiler = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), sys.argv[4]
with tempfile.TemporaryDirectory() as made:
    folder = pathlib.Path(made)
    prefix, example = folder / "prefix", folder / "example"
    quiet = dict(check=True, stdout=subprocess.DEVNULL)
    subprocess.run([cmake, "--install", build, "--prefix", prefix], **quiet)
    for name in ("LICENSE", "report.schema.json"):
        if not any(prefix.rglob(name)):
            sys.exit(f"{name} is not installed")
    subprocess.run([cmake, "-S", root / "tests/install", "-B", example, f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}"],
                   **quiet)
    subprocess.run([cmake, "--build", example], **quiet)
    texts = sorted((root / "data/sample/texts").iterdir())
    said = subprocess.run([example / "example", folder / "lib", *texts], capture_output=True)
    expected = subprocess.run([prefix / "bin/suyuan", "trace", *texts, "--lang", "en"], capture_output=True)
    if said.returncode != 0 or said.stdout != expected.stdout or said.stderr.count(b"added") != len(texts) or len(said.stdout) < 1000:
        print(said.stderr.decode(), "the example does not say what the command says")
        sys.exit(1)
print(f"the example built from the installed package traces {len(texts)} texts from a library as the command does")
