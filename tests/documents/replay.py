#!/usr/bin/python3
"""Runs what a Markdown page shows, and compares what comes out with what the page says comes out.

Usage: ./nearshore python tests/documents/replay.py [--write] [--only=KIND] PAGE...

Fenced blocks of a page are one session in one new folder, in the order of the page:

    ```python        code; blocks share their variables
    ```sh            a script; must succeed
    ```console       lines "$ COMMAND" are run; the lines after each are (a part of) its output
    ```toml NAME     a file of that name; any language but those above
    ```text          what the block before printed, or a part of it: these lines, in this order; "..." stands for anything
    ```R             an R script

A comment <!-- not run --> before a block leaves it out. `./nearshore` is the project's launcher. Figures that the session puts into
figures/ are compared with those beside the page. Results of the program have the same bits everywhere, so figures and numbers must
be equal. --only=python runs blocks of that kind alone. --write mends numbers and figures that differ, and puts all output where a block holds a question mark alone.

Prints "ok PAGE ..." or "not ok PAGE ..." for each block that says something; exits 1 if any is not ok.
"""
import contextlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w+)(?: ([^\n`]+))?\n(.*?)^```$", re.M | re.S)
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


class Mismatch(Exception):
    pass


def fits(expected, actual):
    """Whether a line is as expected; runs of spaces count as one."""
    pattern = ".*".join(re.escape(" ".join(part.split())) for part in expected.split("..."))
    return re.fullmatch(pattern, " ".join(actual.split())) is not None


def shape(line):
    """A line without its numbers."""
    return " ".join(NUMBER.sub("#", line).split())


def compare(expected, output, write):
    """The lines in this order are in the output. Returns them, numbers mended where they may be."""
    if write and expected.strip() == "?":  # to begin with: all of it
        return "\n".join(line.rstrip() for line in output.splitlines()) + "\n"
    lines, at, mended = output.splitlines(), 0, []
    for line in expected.splitlines():
        if line.strip() in ("", "..."):
            mended.append(line)
            continue
        place = next((i for i in range(at, len(lines)) if fits(line, lines[i])), None)
        if place is None and write and "..." not in line:
            place = next((i for i in range(at, len(lines)) if shape(lines[i]) == shape(line)), None)
            line = lines[place].rstrip() if place is not None else line
        if place is None:
            raise Mismatch(f"no line\n    {line}\nin\n" + "\n".join(f"    {x}" for x in lines[at:][:60]))
        at = place + 1
        mended.append(line)
    return "\n".join(mended) + "\n"


class Session:
    def __init__(self, folder):
        self.folder = folder
        self.names = {"__name__": "__main__"}
        self.environment = {**os.environ, "MPLBACKEND": "Agg", "SOURCE_DATE_EPOCH": "0", "COLUMNS": "120"}

    def command(self, text, shell=("bash", "-euo", "pipefail", "-c")):
        done = subprocess.run([*shell, text], cwd=self.folder, env=self.environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise Mismatch(f"status {done.returncode} of\n    {text}\n{done.stdout}")
        return done.stdout

    def python(self, code, name):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, name, "exec"), self.names)  # noqa: S102: the page's own code
        return out.getvalue()

    def console(self, text, write):
        """Commands with what they print. Returns the text, mended."""
        parts = re.split(r"^\$ (.*(?:\\\n.*)*)\n", text, flags=re.M)
        mended = parts[0]
        for command, expected in zip(parts[1::2], parts[2::2]):
            mended += f"$ {command}\n" + (compare(expected, self.command(command), write) if expected else "")
            if not expected:
                self.command(command)
        return mended


def set_figures(page, folder, write):
    """Compares the figures of the session with those beside the page."""
    for figure in sorted((folder / "figures").iterdir()):
        kept = page.parent / "figures" / figure.name
        if kept.exists() and kept.read_bytes() == figure.read_bytes():
            print(f"ok {page.name}: {figure.name}")
        elif write:
            shutil.copy(figure, kept)
            print(f"ok {page.name}: {figure.name} written")
        else:
            raise Mismatch(f"{figure.name} is not the one beside the page (--write)")


def replay(page, write, only):
    text = page.read_text()
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        (folder / "figures").mkdir()
        for name in ("nearshore", "configs"):  # as from the project's folder, but nothing is written there
            (folder / name).symlink_to(ROOT / name)
        os.chdir(folder)
        session, output, mended, last = Session(folder), "", "", 0
        for block in FENCE.finditer(text):
            kind, file, body = block[1], block[2], block[3]
            mended += text[last:block.start()]
            last = block.end()
            where = f"{page.name}:{text.count(chr(10), 0, block.start()) + 1}"
            skipped = text[:block.start()].rstrip().endswith("<!-- not run -->") or only not in ("", kind)
            try:
                if skipped:
                    pass
                elif file:
                    (folder / file).parent.mkdir(parents=True, exist_ok=True)
                    (folder / file).write_text(body)
                elif kind == "python":
                    output = session.python(body, where)
                elif kind == "sh":
                    output = session.command(body)
                elif kind == "R":
                    output = session.command(body, ("Rscript", "-e"))
                elif kind == "console":
                    body = session.console(body, write)
                elif kind == "text":
                    body = compare(body, output, write)
            except Mismatch as e:
                raise Mismatch(f"{where}: {e}") from None
            except Exception:
                raise Mismatch(f"{where}:\n{traceback.format_exc()}") from None
            if not skipped and not file:
                print(f"ok {where} {kind}", flush=True)
            mended += f"```{kind}{' ' + file if file else ''}\n{body}```"
        set_figures(page, folder, write)
        os.chdir(ROOT)
    if write and mended + text[last:] != text:
        page.write_text(mended + text[last:])
        print(f"ok {page.name} written")


def main(arguments):
    import matplotlib

    matplotlib.rcParams.update({"svg.hashsalt": "nearshore", "svg.fonttype": "none", "figure.figsize": (6.4, 3.6),
                                "axes.spines.top": False, "axes.spines.right": False})
    os.environ.update({"MPLBACKEND": "Agg", "SOURCE_DATE_EPOCH": "0"})
    failed = False
    only = "".join(a.removeprefix("--only=") for a in arguments if a.startswith("--only="))
    for page in [pathlib.Path(a).resolve() for a in arguments if not a.startswith("--")]:
        try:
            replay(page, "--write" in arguments, only)
        except Mismatch as e:
            failed = True
            print(f"not ok {e}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
