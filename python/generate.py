#!/usr/bin/python3
"""Writes what of the package follows from the program's own lists: nearshore/_sections.py and the columns of nearshore/_core.pyi.

Usage: generate.py [--check] FOLDER; FOLDER holds the built module. --check compares instead of writing, exits 1 on a difference.
"""
import importlib.util
import pathlib
import re
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
DTYPES = {"float": "float32", "double": "float64", "std::uint8_t": "uint8", "std::uint16_t": "uint16",
          "std::uint32_t": "uint32", "std::int64_t": "int64"}
TITLES = {"run": ("Run", "[run]: what is simulated."), "switches": ("Switches", "[switches]: decisions that can be turned off."),
          "parameters": ("Parameters", "[parameters]: behaviour. Meanings with their sources: docs/parameters.md.")}


def core(folder):
    path = next(pathlib.Path(folder).glob("_core*.so"))
    spec = importlib.util.spec_from_file_location("_core", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sections(module):
    lines = ['"""Sections of a configuration, typed. Made by python/generate.py from the program\'s own tables; do not edit."""',
             "from dataclasses import dataclass"]
    for section, (name, title) in TITLES.items():
        lines += ["", "", "@dataclass(frozen=True)", f"class {name}:", f'    """{title}"""', ""]
        for row in module.settings():
            if row["section"] != section:
                continue
            meaning = row["meaning"][0].upper() + row["meaning"][1:]
            unit = f' Unit: {row["unit"]}.' if row["unit"] not in ("", "1") else ""
            text = f'{meaning.rstrip(".")}.{unit} Allowed: {row["allowed"]}.'.replace('"', "'")
            wrapped = textwrap.wrap(text, 116, initial_indent='    """', subsequent_indent="    ")
            lines += [f'    {row["key"]}: {row["type"]}', *wrapped]
            lines[-1] += '"""'
    return "\n".join(lines) + "\n"


def columns(_module):
    shapes = {"FIRM": "(firms,)", "INPUT": "(inputs,)", "LINK": "(links,)", "DESK": "(desks,)",
              "MARKET": "(firms, regions)", "BOOK": "(firms, books)"}
    text = (HERE.parent / "agents" / "firm_columns.def").read_text()
    out = []
    for kind, ctype, name, unit in re.findall(r'^(\w+)\(([\w:]+), (\w+), "([^"]*)", "[^"]*"\)', text, re.M):
        out.append(f"    @property\n    def {name}(self) -> NDArray[numpy.{DTYPES[ctype]}]:\n"
                   f'        """{unit}; shape {shapes[kind]}."""')
    return "\n".join(out) + "\n"


def main(arguments):
    checking = "--check" in arguments
    module = core([a for a in arguments if a != "--check"][0])
    stub = HERE / "nearshore" / "_core.pyi"
    begin, end = "    # columns of agents/firm_columns.def, made by python/generate.py\n", "    # end of columns\n"
    before, rest = stub.read_text().split(begin)
    wanted = {HERE / "nearshore" / "_sections.py": sections(module),
              stub: before + begin + columns(module) + end + rest.split(end)[1]}
    different = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    for path in different:
        print(f"{path.name} {'differs: run python/generate.py' if checking else 'written'}")
        if not checking:
            path.write_text(wanted[path])
    return 1 if checking and different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
