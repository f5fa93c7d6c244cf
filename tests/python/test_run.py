"""Whole runs: the data set is what the file holds; errors, progress, Ctrl-C."""
import os
import signal
import subprocess
import sys
import threading
import time

import numpy
import pytest
import xarray

import nearshore
from conftest import QUICK, sets


def test_a_run_is_the_file_that_the_program_writes(quick, program, tmp_path):
    program("run", *sets(QUICK), "-o", tmp_path / "a.h5", "--quiet")
    with nearshore.open(tmp_path / "a.h5") as file:
        assert quick.identical(file.load())
        assert list(quick.data_vars) == list(file.data_vars)
        assert {n: quick[n].dtype for n in quick.variables} == {n: file[n].dtype for n in file.variables}


def test_an_ensemble_is_the_file_that_the_program_writes(program, tmp_path):
    data = nearshore.run(overrides=QUICK, seeds="3,1-2", progress=False, jobs=2, threads=1)
    program("run", *sets(QUICK), "--seeds", "3,1-2", "-o", tmp_path / "e.h5", "--quiet")
    with nearshore.open(tmp_path / "e.h5") as file:
        assert data.identical(file.load())
    alone = nearshore.run(overrides=QUICK, seeds=[2], progress=False, threads=2)
    xarray.testing.assert_equal(data.sel(seed=[2]), alone)


def test_it_can_be_saved_and_opened_again(quick, tmp_path):
    quick.to_netcdf(tmp_path / "saved.nc")
    with nearshore.open(tmp_path / "saved.nc") as saved:
        assert quick.identical(saved.load())


def test_only_the_variables_asked_for_are_kept(quick):
    some = nearshore.run(overrides=QUICK, variables=["claim_share", "us_imports"], progress=False)
    assert sorted(some.data_vars) == ["claim_share", "us_imports"]
    assert some.claim_share.identical(quick.claim_share)
    assert "sector" not in some.coords


def test_seeds_as_people_write_them():
    short = {**QUICK, "run.end": "2025-04"}
    for seeds in ("1-2", [1, 2], range(1, 3), numpy.array([1, 2]), (s for s in (1, 2))):
        data = nearshore.run(overrides=short, seeds=seeds, variables=["claim_share"], progress=False)
        assert data.seed.values.tolist() == [1, 2] and data.attrs["seeds"] == "1-2"
    for wrong, told in ((4, 'such as "1-4"'), ([1, 1], "1"), ([1.5], "whole numbers"), ("x", "seeds"), ([], "seeds")):
        with pytest.raises(nearshore.ConfigError, match=told):
            nearshore.run(overrides=short, seeds=wrong)


def test_progress_tells_months_done():
    seen = []
    nearshore.run(overrides=QUICK, variables=[], progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (8, 8) and seen == sorted(seen)


def test_what_progress_throws_ends_the_run():
    def give_up(done, total):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        nearshore.run(overrides={**QUICK, "run.end": "2026-12"}, seeds="1-8", progress=give_up)


def test_other_threads_of_python_go_on():
    counted, done = [0], threading.Event()

    def count():
        while not done.is_set():
            counted[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    nearshore.run(overrides={**QUICK, "run.firms": 3_000}, progress=False)
    done.set()
    thread.join()
    assert counted[0] > 20


INTERRUPTED = """
import nearshore, sys
last, told = [], []
def tick(done, total):
    last[:] = [done, total]
    if done > 2 and not told:
        told.append(done)
        print("running", flush=True)
try:
    {call}
except KeyboardInterrupt:
    print("interrupted", *last, flush=True)
"""


@pytest.mark.parametrize("call", [
    'nearshore.run(overrides={"run.firms": 5000, "run.spin_up": 1200}, progress=tick)',
    'nearshore.run(overrides={"run.firms": 2000, "run.spin_up": 1200}, seeds="1-4", progress=tick)',
    'print("running", flush=True); nearshore.Simulation(overrides={"run.firms": 3000, "run.spin_up": 1200})',
])
def test_ctrl_c_ends_a_run_within_a_month(call):
    child = subprocess.Popen([sys.executable, "-c", INTERRUPTED.format(call=call)], stdout=subprocess.PIPE, text=True,
                             env={**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(nearshore.__file__))},
                             # a shell's job in the background would ignore the signal
                             preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    assert child.stdout.readline() == "running\n"
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    words = child.communicate(timeout=60)[0].split()
    assert words[:1] == ["interrupted"] and child.returncode == 0
    if len(words) == 3:
        assert int(words[1]) < int(words[2])


def test_a_government_may_be_given_to_an_ensemble():
    def government(sim):
        if sim.month == "2025-05":
            sim.set_measure("autos_232_north_america", rate=0.5)

    data = nearshore.run(overrides=QUICK, seeds=[1, 2], government=government, progress=False)
    plain = nearshore.run(overrides=QUICK, seeds=[1, 2], progress=False)
    assert data.dims == plain.dims and data.attrs["policy_changes"].count("autos_232_north_america") == 2
    duty = lambda d: d.duty_collected.sel(origin="MX", destination="US", authority="section_232").sum("sector")
    xarray.testing.assert_equal(duty(data).isel(time=slice(2)), duty(plain).isel(time=slice(2)))
    assert (duty(data).isel(time=2) > duty(plain).isel(time=2)).all()


def test_files_that_are_no_trajectories_are_refused(tmp_path):
    with pytest.raises(nearshore.ConfigError, match="does not exist"):
        nearshore.open(tmp_path / "none.h5")
    (tmp_path / "text.h5").write_text("no")
    with pytest.raises(nearshore.ConfigError, match="cannot be read"):
        nearshore.open(tmp_path / "text.h5")
    xarray.Dataset({"a": 1}).to_netcdf(tmp_path / "other.nc")
    with pytest.raises(nearshore.ConfigError, match="no trajectory"):
        nearshore.open(tmp_path / "other.nc")
