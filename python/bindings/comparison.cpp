// The table of effects that `nearshore compare` prints, of runs in memory.
#include "bindings.hpp"

#include "output/comparison/compare_files.hpp"
#include "output/comparison/compare_runs.hpp"
#include "output/run_output.hpp"
#include "output/variable.hpp"
#include "policy/error.hpp"

#include <map>

namespace nearshore::python {
namespace {

using Values =
    std::map<std::string, py::array_t<double, py::array::c_style | py::array::forcecast>>;

/// One run of arrays [policy][seed][month]...
class ArrayView : public RunView {
public:
  ArrayView(const Values& v, const Scenario& s, std::size_t run, const std::vector<Month>& m)
      : values(v), reporting(describe_run(s).reporting), reference_month(s.run.reference),
        number(run), month_list(m) {}
  [[nodiscard]] std::string name() const override { return "run " + std::to_string(number); }
  [[nodiscard]] const std::vector<Month>& months() const override { return month_list; }
  [[nodiscard]] std::optional<Month> reference() const override { return reference_month; }
  [[nodiscard]] LabelledArray read(const std::string& variable) const override {
    const auto at = values.find(variable);
    if (at == values.end())
      throw Error{ErrorKind::input, "the variable '" + variable + "' was not kept", "table",
                  "compare() without `variables`, or with this one among them"};
    LabelledArray out{variable, {"time"}, {{}}, {}};
    for (const Month m : month_list)
      out.labels[0].push_back(m.text());
    std::size_t length = month_list.size();
    for (const auto& v : variables()) {
      if (v.name != variable) continue;
      length *= slab_size(v, reporting);
      for (const auto d : v.dims) {
        out.dims.emplace_back(d);
        out.labels.push_back(dimension(d).labels(reporting));
      }
    }
    const double* first = at->second.data() + number * length;
    out.values.assign(first, first + length);
    return out;
  }

private:
  const Values& values;
  Reporting reporting;
  Month reference_month;
  std::size_t number;
  std::vector<Month> month_list;
};

py::dict row_of(const PolicyEffect& e, const EffectKey& key, const ComparedPeriod& period) {
  using namespace py::literals;
  return py::dict("topic"_a = key.what, "variable"_a = key.variable, "region"_a = key.region,
                  "partner"_a = key.partner, "sector"_a = key.sector, "detail"_a = key.detail,
                  "unit"_a = key.unit, "headline"_a = key.headline, "period"_a = period.label,
                  "base"_a = e.base, "other"_a = e.other, "effect"_a = e.effect.mean,
                  "lower"_a = e.effect.lower, "upper"_a = e.effect.upper);
}

py::list effects(const SharedScenario& base, const SharedScenario& other, const Values& values,
                 std::size_t seeds, const std::string& first, const std::string& last) {
  std::vector<Month> months;
  for (Month m = base->run.start; m <= base->run.end; m = m + 1)
    months.push_back(m);
  Comparison c;
  c.policies.resize(2);
  c.firms = base->run.firms;
  for (std::size_t i = 0; i < seeds; ++i)
    c.seeds.push_back(static_cast<std::int64_t>(i));
  c.closures = {closure_name(base->run.closure)};
  c.months = months;
  auto period = parse_period(first + ":" + last, "months");
  if (period.first < months.front() || period.last > months.back() || period.last < period.first)
    throw Error{ErrorKind::input, "months " + period.label, "months",
                "months from " + months.front().text() + " to " + months.back().text()};
  c.periods = {period};
  const auto world = compared_world(*base);
  const std::vector<Scenario> both{*base, *other};
  const auto of = [&](std::size_t policy) {
    return RunOfSeed{[&, policy](std::size_t seed) -> std::unique_ptr<RunView> {
      return std::make_unique<ArrayView>(values, *base, policy * seeds + seed, months);
    }};
  };
  const auto& all = comparison_topics();
  compare_runs({{of(0)}, {of(1)}}, world, supply_stop(both, months), {all.begin(), all.end()}, c);
  py::list out;
  for (const auto& e : c.effects)
    out.append(row_of(e, c.keys[e.key], c.periods[e.period]));
  return out;
}

} // namespace

void bind_comparison(py::module_& module) {
  module.def("effects", effects, py::arg("base"), py::arg("other"), py::arg("arrays"),
             py::arg("seeds"), py::arg("first"), py::arg("last"),
             "Rows of the table of effects; `arrays` [policy][seed][month]... by variable.");
}

} // namespace nearshore::python
