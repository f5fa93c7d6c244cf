"""Small, quick worlds for all tests of the package."""
import os
import pathlib
import subprocess

import pytest

import nearshore

ROOT = pathlib.Path(nearshore._core.project_root())
QUICK = {"run.firms": 1_000, "run.spin_up": 4, "run.start": "2025-04", "run.end": "2025-07", "run.reference": "2025-04"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """No test depends on the folder it is started in."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def program():
    """Runs the program; returns its standard output."""

    def run(*arguments):
        done = subprocess.run([ROOT / "build" / "nearshore", *map(str, arguments)], capture_output=True, text=True,
                              check=False, env={**os.environ, "NEARSHORE_ROOT": str(ROOT)})
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def quick():
    """The quick history, run once."""
    return nearshore.run(overrides=QUICK, progress=False)


def sets(overrides):
    """The same overrides for the program."""
    return [word for key, value in overrides.items() for word in ("--set", f"{key}={value}")]
