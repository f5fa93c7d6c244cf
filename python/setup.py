"""Installs what `./nearshore python --version` has built: the module for Debian's Python, the package, configurations and data.

    python3 -m venv --system-site-packages environment
    environment/bin/pip install --no-build-isolation --no-index --no-deps ./python
"""
import pathlib
import shutil
import subprocess
import sys

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILT = ROOT / "build" / "python" / "nearshore"


class Binary(Distribution):
    """Not for every platform: the module is compiled."""

    def has_ext_modules(self):
        return True


class Collect(build_py):
    """Takes the built package instead of the sources, and what it reads."""

    def run(self):
        subprocess.run([str(ROOT / "nearshore"), "python", "-c", "pass"], check=True, stdout=sys.stderr)
        target = pathlib.Path(self.build_lib) / "nearshore"
        shutil.copytree(BUILT, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "configs", target / "share" / "configs", dirs_exist_ok=True)


def version():
    for line in (ROOT / "CMakeLists.txt").read_text().splitlines():
        if line.startswith("project(nearshore VERSION "):
            return line.split()[2]
    raise SystemExit("no version in CMakeLists.txt")


setup(name="nearshore", version=version(), packages=["nearshore"], cmdclass={"build_py": Collect}, distclass=Binary,
      python_requires=">=3.11", install_requires=["numpy", "xarray", "netCDF4"], license="Apache-2.0",
      description="Agent-based simulation of North American firm sourcing under tariffs")
