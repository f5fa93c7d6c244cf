"""Configurations: typed, checked, with the program's own errors."""
import datetime
import pickle

import numpy
import pytest

import nearshore


def test_values_are_typed():
    cfg = nearshore.Config(overrides={"run.firms": numpy.int64(2_000), "measure.us_mfn_korea.coverage": 0.2,
                                      "run.closure": "fixed_wage", "switches.claims": False})
    assert (cfg.run.firms, cfg.run.closure, cfg.switches.claims) == (2000, "fixed_wage", False)
    assert type(cfg.parameters.candidates) is float and cfg.parameters.candidates == 16
    assert cfg["measure.us_mfn_korea.coverage"] == 0.2 and cfg["run.start"] == cfg.months[0]
    assert "autos_232" in cfg.measures
    with pytest.raises(KeyError):
        cfg["run.nothing"]
    with pytest.raises(AttributeError):
        cfg.run.firms = 3


def test_it_is_replaced_and_pickled():
    cfg = nearshore.Config(overrides={"run.firms": 2_000})
    other = cfg.replace({"run.seed": 9}, toml='[run]\nfirms = 3000\nend = "2025-01"')
    assert (cfg.run.seed, other.run.seed, other.run.end) == (1, 9, "2025-01")
    assert other.run.firms == 2000  # overrides win over texts
    assert pickle.loads(pickle.dumps(other)).toml == other.toml
    assert "<toml>" in other.sources


def test_toml_of_its_own():
    cfg = nearshore.Config(toml='[[measure]]\nname = "autos_232"\nrate = 0.1')
    assert cfg["measure.autos_232.rate"] == 0.1
    text = nearshore.Config(overrides={"title": 'a "b" \\ c\n', "policy.measures_frozen_from": datetime.date(2025, 1, 1)})
    assert text.title == 'a "b" \\ c\n' and text["policy.measures_frozen_from"] == datetime.date(2025, 1, 1)


def told(**arguments):
    with pytest.raises(nearshore.ConfigError) as caught:
        nearshore.Config(**arguments)
    return caught.value


def test_errors_are_those_of_the_program(tmp_path):
    (tmp_path / "my.toml").write_text('title = "x"\nextends = "' + str(nearshore._core.project_root()) +
                                      '/configs/history.toml"\n\n[run]\nfrims = 2\n')
    e = told(file="my.toml")
    assert (e.file, e.line, e.column) == ("my.toml", 5, 1) and e.suggestion == "firms"
    assert str(e).startswith("my.toml:5:1: error: unknown key 'frims' in [run]; allowed: start, end, ")
    assert str(e).endswith("; did you mean 'firms'?")
    e = told(overrides={"run.firms": 7})
    assert e.where == "--set run.firms=7" and "1000" in e.allowed and e.file is None
    e = told(toml="[run]\nfirms = 7")
    assert (e.file, e.line) == ("<toml>", 2)
    assert told(toml="[run").line == 1
    assert "does not exist" in str(told(file="nothing.toml")) or "nothing.toml" in str(told(file="nothing.toml"))
    assert isinstance(e, ValueError) and isinstance(e, nearshore.NearshoreError)
    again = pickle.loads(pickle.dumps(e))
    assert (str(again), again.line) == (str(e), e.line)


def test_what_is_no_configuration_is_refused():
    for arguments in ({"overrides": ["run.firms=2"]}, {"overrides": {"run.firms": float("nan")}},
                      {"overrides": {"run.firms": object()}}, {"overrides": {"run.firms": True}}):
        told(**arguments)
    with pytest.raises(nearshore.ConfigError, match="config is a int"):
        nearshore.run(3)
