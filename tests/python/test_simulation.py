"""Month by month: views of the firms, changes of policy."""
import gc

import numpy
import pytest
import xarray

import nearshore
from conftest import QUICK


@pytest.fixture
def sim():
    return nearshore.Simulation(overrides=QUICK)


def test_steps_are_the_run(sim, quick):
    assert sim.month is None and sim.next_month == "2025-04"
    assert [sim.step(), sim.month, sim.next_month] == ["2025-04", "2025-04", "2025-05"]
    assert sim.latest("employment").identical(quick.employment.isel(time=0).drop_vars(["time", "month"]))
    assert sim.dataset().identical(quick.isel(time=[0]))
    assert list(sim) == ["2025-05", "2025-06", "2025-07"] and sim.finished
    assert sim.dataset().identical(quick)
    with pytest.raises(nearshore.ConfigError, match="the run has ended"):
        sim.step()


def test_columns_are_views_that_nobody_can_write(sim):
    firms = sim.firms
    names = [n for n, v in vars(type(firms)).items() if isinstance(v, property)]
    assert len(names) > 35 and len(firms) == len(firms.region)
    shapes = {"firms": len(firms), "regions": len(sim.regions), "links": len(firms.supplier), "inputs": len(firms.stock),
              "desks": len(firms.desk_state), "firms + 1": len(firms) + 1, "inputs + 1": len(firms.stock) + 1,
              "books": firms.sold.shape[1]}
    for name in names:
        column = getattr(firms, name)
        told = getattr(type(firms), name).__doc__
        dims = told.split("shape (")[1].split(")")[0].strip(",").split(", ")
        assert not column.flags.owndata and not column.flags.writeable, name
        assert column.shape == tuple(shapes[d] for d in dims), name
        with pytest.raises(ValueError):
            column[...] = 0
    assert "base cents a month" in type(firms).capacity.__doc__


def test_views_show_the_month_run_last(sim):
    output, kept = sim.firms.output, sim.firms.output.copy()
    place = output.ctypes.data
    sim.step()
    assert sim.firms.output.ctypes.data == place and not numpy.array_equal(output, kept)
    assert numpy.array_equal(output, sim.firms.output)


def test_views_outlive_the_simulation(sim):
    sim.step()
    output, price = sim.firms.output, sim.firms.price
    total, mean = output.sum(), price.mean()
    del sim
    gc.collect()
    filler = [numpy.ones(100_000) for _ in range(50)]
    assert (output.sum(), price.mean(), len(filler)) == (total, mean, 50)


def test_columns_add_up_to_the_outputs(sim):
    sim.run(until="2025-05")
    firms = sim.firms
    sold = firms.sold.sum(axis=1)  # cents of the month
    by_cell = numpy.zeros((len(sim.regions), len(sim.sectors)))
    numpy.add.at(by_cell, (firms.region, firms.sector), sold)
    xarray.testing.assert_allclose(sim.latest("gross_output").astype(float).drop_vars(["region", "sector"]),
                                   xarray.DataArray(by_cell / 1e8, dims=["region", "sector"]), rtol=1e-5)
    active = numpy.zeros_like(by_cell)
    numpy.add.at(active, (firms.region, firms.sector), firms.active)
    assert numpy.array_equal(sim.latest("active_firms").values, active)
    assert numpy.allclose(firms.content.sum(axis=1), 1, atol=1e-4)
    assert firms.first_link[-1] == len(firms.supplier) and firms.supplier.max() < len(firms)


RATE_STEP = """[[measure]]
name = "autos_232_north_america"
steps = [{ from = 2025-05-20, originating = "content" }, { from = 2025-06-01, rate = 0.4 }]
"""


def same_numbers(a, b):
    return a.drop_attrs().equals(b.drop_attrs()) if hasattr(a, "drop_attrs") else a.equals(b)


def test_a_measure_set_in_the_midst_is_the_law_that_says_so(sim, quick):
    months = []

    def government(s):
        months.append(s.month)
        if s.month == "2025-05":
            s.set_measure("autos_232_north_america", rate=0.4)

    sim.run(government)
    data = sim.dataset()
    assert months == sim.config.months
    assert same_numbers(data, nearshore.run(nearshore.Config(overrides=QUICK, toml=RATE_STEP), progress=False))
    assert same_numbers(data.isel(time=slice(2)), quick.isel(time=slice(2)))
    assert not data.duty_collected.isel(time=2).equals(quick.duty_collected.isel(time=2))
    assert data.attrs["policy_changes"] == "2025-06: autos_232_north_america: rate = 0.4"


NEW = """[[measure]]
name = "on_services_of_nobody"
authority = "ieepa"
group = "ieepa"
importers = ["US"]
origins = ["MX"]
from = 2025-06-01
rate = 0.1
source = "made up"
confidence = "L"
"""


def test_a_new_measure_is_enacted_as_if_written_before(sim):
    law = nearshore.Config(overrides=QUICK)
    text = NEW.replace('"ieepa"', f'"{law.values["authority"][0]["name"]}"', 1).replace(
        '"ieepa"', f'"{law.values["group"][0]["name"]}"', 1)
    sim.run(until="2025-05")
    sim.enact(text)
    sim.run()
    assert "on_services_of_nobody" in sim.measures
    assert same_numbers(sim.dataset(), nearshore.run(law.replace(toml=text), progress=False))


def test_a_repeal_ends_a_measure(sim):
    sim.run(until="2025-05")
    sim.repeal("autos_232_north_america")
    before = float(sim.latest("duty_collected").sel(origin="MX", sector="motor_vehicles", authority="section_232",
                                                    destination="US"))
    sim.step()
    after = float(sim.latest("duty_collected").sel(origin="MX", sector="motor_vehicles", authority="section_232",
                                                   destination="US"))
    assert after < 0.2 * before


def test_wrong_changes_are_refused_and_change_nothing(sim, quick):
    sim.step()
    for change, told in ((lambda: sim.set_measure("autos_323", rate=0.1), "did you mean 'autos_232'"),
                         (lambda: sim.set_measure("autos_232", rate=-1), "a number from 0 to 10"),
                         (lambda: sim.set_measure("autos_232", originating="free"), "none, exempt, content"),
                         (lambda: sim.set_measure("autos_232"), "changes nothing"),
                         (lambda: sim.enact("[[measure]]\nname = 'x'\nrat = 2"), "<toml>"),
                         (lambda: sim.enact("[[authority]]\nname = 'x'\ntitle = 'y'"), "other authorities"),
                         (lambda: sim.run(until="2030-01"), "a month from 2025-04"),
                         (lambda: sim.latest("nothing"), "claim_share")):
        with pytest.raises(nearshore.ConfigError, match=told):
            change()
    assert sim.changes == []
    sim.run()
    assert sim.dataset().identical(quick)


def test_frozen_measures_say_so():
    sim = nearshore.Simulation("configs/scenarios/no_2025_tariffs.toml", {**QUICK, "run.end": "2025-05"})
    with pytest.raises(nearshore.ConfigError, match="frozen"):
        sim.enact(NEW)
    sim.set_measure("us_mfn", rate=0.3)
    sim.step()
    assert float(sim.latest("duty_collected").sel(destination="US").sum()) > 0
