"""Wrong inputs, and the exact message that each gets: tests/end_to_end/bad_input.cases.

A case is
    ## WHAT
    $ ARGUMENTS of the program
    == FILE            its lines follow; \\r, \\0, \\xHH and \\\\ are bytes; \\ at the end of the last line: no newline
    == COPY <- ORIGINAL   a file or folder of the project; lines that follow, `OLD => NEW`, each change what it holds once
    !! MESSAGE         the only line on standard error; standard output is empty and the exit status is 2, or as in [status 3] at the end
ROOT stands for the project's root; `{}` in files for `extends = "ROOT/configs/history.toml"`. Each case runs in an empty folder of its own, in
which nothing may be left but the files it began with.

--write puts the messages that the program gives into the file: read every one of them before it is committed.
"""
import concurrent.futures
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = pathlib.Path(__file__).with_name("bad_input.cases")
ESCAPES = {"r": b"\r", "0": b"\0", "\\": b"\\", "t": b"\t"}


def to_bytes(text):
    """The bytes of a file's text: escapes, ROOT, {}."""
    text = text.replace("{}", 'extends = "ROOT/configs/history.toml"').replace("ROOT", str(ROOT))
    out, at = b"", 0
    for match in re.finditer(r"\\(x[0-9a-f]{2}|[r0\\t])", text):
        out += text[at:match.start()].encode()
        code = match.group(1)
        out += bytes([int(code[1:], 16)]) if code[0] == "x" else ESCAPES[code]
        at = match.end()
    return out + text[at:].encode()


def read_cases(text):
    cases, case, name = [], None, None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            case, name = {"what": line[3:], "files": {}, "line": number, "command": None, "message": None}, None
            cases.append(case)
        elif case is None:
            continue  # the head of the file
        elif line.startswith("$ "):
            case["command"], name = line[2:], None
        elif line.startswith("!! "):
            case["message"], name = line[3:], None
        elif line.startswith("== "):
            name = line[3:]
            case["files"][name] = ""
        elif name is not None:
            case["files"][name] += line + "\n"
    return cases


def copy_changed(original, to, changes):
    """Copies a file, with texts changed that it must hold, or a folder."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if original.is_dir():
        shutil.copytree(original, to)
        return
    text = original.read_text()
    for line in filter(None, changes.splitlines()):
        old, new = line.split(" => ")
        assert old in text, f"{original} does not hold {old}"
        text = text.replace(old, new, 1)
    to.write_text(text)


def run(case):
    """Status, standard output and error, and the files left over, of a case."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in case["files"].items():
            if text.endswith("\\\n"):
                text = text[:-2]
            path = pathlib.Path(folder) / name
            if " <- " not in name:
                path.parent.mkdir(parents=True, exist_ok=True)
            if " <- " in name:
                to, original = name.split(" <- ")
                copy_changed(ROOT / original, pathlib.Path(folder, to), text)
            elif name.endswith("/"):
                path.mkdir(exist_ok=True)
            elif name.endswith(" ->"):
                pathlib.Path(folder, name[:-3]).symlink_to(text.strip())
            else:
                path.write_bytes(to_bytes(text))
        before = sorted(p.name for p in pathlib.Path(folder).iterdir())
        environment = dict(os.environ, NEARSHORE_ROOT=str(ROOT))
        done = subprocess.run([ROOT / "build/nearshore", *shlex.split(case["command"].replace("ROOT", str(ROOT)))], cwd=folder,
                              capture_output=True, timeout=60, env=environment, check=False)
        left = sorted(p.name for p in pathlib.Path(folder).iterdir())
        error = done.stderr.decode(errors="backslashreplace").replace(str(ROOT), "ROOT")
        return done.returncode, done.stdout, error, [name for name in left if name not in before]


def main():
    text = CASES.read_text()
    cases = read_cases(text)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(run, cases))
    if "--write" in sys.argv:
        lines = [line for line in text.splitlines() if not line.startswith("!! ")]
        out, at = [], -1
        for line in lines + ["## "]:
            if line.startswith("## "):
                if at >= 0:
                    while out and not out[-1]:
                        out.pop()
                    status, _, error, _ = results[at]
                    out += ["!! " + error.rstrip("\n").replace("\n", "\\n") + ("" if status == 2 else f" [status {status}]"), ""]
                at += 1
            out.append(line)
        CASES.write_text("\n".join(out[:-1]).rstrip("\n") + "\n")
        return 0
    failures = 0
    for case, (status, output, error, left) in zip(cases, results):
        message, _, other = (case["message"] or "").partition(" [status ")
        expected = int(other.rstrip("]")) if other else 2
        good = status == expected and not output and error == message + "\n" and not left
        print(f"{'ok' if good else 'not ok'} {case['what']}")
        if not good:
            failures += 1
            print(f"    {CASES.name}:{case['line']}: status {status}, left over: {left}\n    expected {case['message']}\n    got      {error.rstrip()}")
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
