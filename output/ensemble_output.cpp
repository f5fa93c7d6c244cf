#include "output/ensemble_output.hpp"

#include "output/run_output.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

namespace nearshore {

/// Takes the months of one run to wherever they go.
class EnsembleOutput::OfRun : public Observer {
public:
  OfRun(const Scenario& s, std::unique_ptr<Observer> file, EnsembleProgress* bar)
      : summary(*s.reporting, s.run.reference), writer(std::move(file)), progress(bar) {}

  void on_month(const MonthRecord& record) override {
    if (writer) writer->on_month(record);
    summary.on_month(record);
    if (progress != nullptr) progress->month_done();
  }

  Summary summary;

private:
  std::unique_ptr<Observer> writer;
  EnsembleProgress* progress;
};

EnsembleOutput::EnsembleOutput(const Scenario& s, std::vector<std::uint64_t> list,
                               const EnsemblePlan& p, Options options)
    : scenario(s), seeds(std::move(list)), plan(p), started(utc_now()), tables(seeds.size()) {
  auto description = describe_run(scenario);
  if (options.write) {
    description.ensemble = EnsembleAxes{{},
                                        {seeds.begin(), seeds.end()},
                                        scenario.run.start,
                                        static_cast<std::size_t>(written_months(scenario.run))};
    description.more.emplace_back("seeds", seeds_text(seeds));
    writer =
        std::make_unique<EnsembleWriter>(scenario.run.output, std::move(description), plan.jobs);
  }
  if (options.progress)
    progress = std::make_unique<EnsembleProgress>(
        seeds.size(), scenario.run.spin_up + written_months(scenario.run),
        Progress::style_for(stderr));
}

EnsembleOutput::~EnsembleOutput() = default;

Scenario EnsembleOutput::scenario_of(std::size_t run) const {
  return with_seed(scenario, seeds.at(run));
}

std::unique_ptr<Observer> EnsembleOutput::observer_of(std::size_t run) {
  return std::make_unique<OfRun>(scenario, writer ? writer->observer_of(run) : nullptr,
                                 progress.get());
}

void EnsembleOutput::finished(std::size_t run, Observer& observer) {
  const auto& summary = static_cast<OfRun&>(observer).summary;
  tables.at(run) = summary.tables();
  firm_months += summary.firm_months();
  if (progress) progress->run_done();
}

std::string EnsembleOutput::finish() {
  progress.reset();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (writer) {
    const double rate = seconds > 0 ? static_cast<double>(firm_months) / seconds : 0;
    RunInfo info{plan.threads, seconds, rate, "", started};
    info.jobs = plan.jobs;
    writer->finish(info);
  }
  std::string text =
      fmt::format("{} seeds ({}): median [5th and 95th percentile]\n", runs(), seeds_text(seeds));
  for (std::size_t t = 0; t < tables.front().size(); ++t) {
    std::vector<SummaryTable> one;
    for (const auto& run : tables)
      one.push_back(run.at(t));
    text += table_text(one);
  }
  return text + speed_text(firm_months, seconds) +
         fmt::format("{} runs at a time, {} threads each\n", plan.jobs, plan.threads);
}

} // namespace nearshore
