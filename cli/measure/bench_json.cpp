#include "cli/measure/bench_result.hpp"

#include "output/run_output.hpp"
#include "output/version.hpp"

#include <nlohmann/json.hpp>

namespace nearshore {
namespace {

using Json = nlohmann::ordered_json;

/// Null for what is not known.
Json maybe(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json conditions(const BenchResult& r) {
  const auto& m = r.machine;
  return {{"processor", m.processor},
          {"processors", m.processors},
          {"memory_bytes", m.memory_bytes},
          {"system", m.system},
          {"processors_busy_with_others", maybe(r.others_busy)}};
}

Json load_of(const BenchResult& r) {
  return {{"scenario", r.scenario}, {"first_month", r.start.text()}, {"months", r.months},
          {"spin_up", r.spin_up},   {"candidates", r.candidates},    {"output", true}};
}

Json events_of(const LoadFigures& l) {
  Json events = Json::object();
  for (std::size_t e = 0; e < kHardwareEvents; ++e)
    events[std::string{kHardwareEventNames[e]}] =
        l.events[e] < 0 ? Json(nullptr) : Json(l.events[e]);
  return events;
}

Json passes_of(const LoadFigures& l) {
  Json passes = Json::object();
  for (std::size_t p = 0; p < kPasses.size(); ++p)
    passes[std::string{kPasses[p]}] = l.pass_seconds[p];
  passes["output"] = l.output_seconds;
  return passes;
}

Json measurement(const LoadFigures& l) {
  return {{"firms", l.request.firms},
          {"threads", l.request.threads},
          {"worlds", l.request.repeats},
          {"firm_months", l.firm_months},
          {"firm_months_per_second", l.rate()},
          {"month_seconds", l.month_seconds},
          {"pass_seconds", passes_of(l)},
          {"processor_seconds", l.cpu_seconds},
          {"world_seconds", l.build_seconds},
          {"spin_up_seconds", l.spin_up_seconds},
          {"state_bytes_per_firm", l.state_bytes},
          {"peak_resident_bytes", l.peak_bytes},
          {"links_per_firm", l.links},
          {"inputs_per_firm", l.inputs},
          {"share_reviewing", l.reviewing},
          {"events_per_firm_month", events_of(l)}};
}

Json whole_run(const BenchResult& r, const WholeRun& w) {
  return {{"firms", w.firms},
          {"threads", w.threads},
          {"at_once", w.copies},
          {"repeats", w.repeats},
          {"months", r.whole_months},
          {"spin_up", r.whole_spin_up},
          {"wall_seconds", w.wall_seconds},
          {"peak_resident_bytes", w.peak_bytes},
          {"written_firm_months_per_second", w.copies * r.whole_rate(w)}};
}

Json target(const Target& t) {
  return {{"key", t.key},           {"meaning", t.meaning},
          {"unit", t.unit},         {"measured", maybe(t.value)},
          {"bound", t.bound},       {"goal", maybe(t.goal)},
          {"at_least", t.at_least}, {"verdict", t.verdict()}};
}

} // namespace

std::string bench_json(const BenchResult& r) {
  Json triad = Json::array(), measurements = Json::array(), whole = Json::array(),
       targets = Json::array();
  for (const auto& [threads, rate] : r.triad)
    triad.push_back({{"threads", threads}, {"bytes_per_second", rate}});
  for (const auto& l : r.loads)
    measurements.push_back(measurement(l));
  for (const auto& w : r.whole)
    whole.push_back(whole_run(r, w));
  if (r.side_by_side)
    for (const auto* w : {&r.side_by_side->one, &r.side_by_side->two})
      whole.push_back(whole_run(r, *w));
  for (const auto& t : targets_of(r))
    targets.push_back(target(t));
  const Json all{{"program", "nearshore"},
                 {"program_version", version()},
                 {"git_commit", git_commit()},
                 {"time", utc_now()},
                 {"machine", conditions(r)},
                 {"load", load_of(r)},
                 {"triad", triad},
                 {"measurements", measurements},
                 {"whole_processes", whole},
                 {"left_out", r.left_out},
                 {"targets", targets}};
  return all.dump(2) + "\n";
}

} // namespace nearshore
