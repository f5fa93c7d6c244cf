#include "output/sweep/ledger.hpp"

#include "policy/error.hpp"

#include <algorithm>
#include <set>

namespace nearshore {

Ledger::Ledger(const SweepFolder& folder, const Sweep& sweep) : states(sweep.runs()) {
  for (const auto& file : folder.slice_files())
    read(readers.size(), file);
}

void Ledger::read(std::size_t number, const std::string& file) {
  readers.push_back(std::make_unique<RunLogReader>(file));
  auto& log = *readers.back();
  const bool alive = is_being_written(file).value_or(false);
  if (alive) ++at_work;
  std::set<std::uint32_t> open; // begun in this process, and no word since
  const auto silent = [&] {
    for (const auto run : open)
      ++states[run].ended_silently;
    open.clear();
  };
  log.scan([&](const RunRecord& record) {
    if (record.kind == RecordKind::session) {
      silent();
      session_texts.push_back(log.content(record));
      return;
    }
    if (record.run >= states.size())
      throw Error{ErrorKind::input,
                  "the file holds run " + std::to_string(record.run) + ", and the sweep has " +
                      std::to_string(states.size()),
                  file, "the slices of this sweep"};
    auto& state = states[record.run];
    open.erase(record.run);
    switch (record.kind) {
    case RecordKind::begun:
      open.insert(record.run);
      break;
    case RecordKind::done:
      if (state.finished) break; // by two processes: the same
      state = {RunStatus::done, true, 0, number, record};
      break;
    case RecordKind::failed:
      state.ended_silently = 0;
      if (state.finished) break;
      state = {RunStatus::failed, false, 0, number, record};
      break;
    case RecordKind::stopped:
    case RecordKind::session:
      break;
    }
  });
  if (!alive) return silent();
  for (const auto run : open)
    if (!states[run].finished) states[run].status = RunStatus::running;
}

std::size_t Ledger::count(RunStatus status) const {
  return static_cast<std::size_t>(std::count_if(
      states.begin(), states.end(), [&](const RunState& s) { return s.status == status; }));
}

std::vector<std::size_t> Ledger::with(RunStatus status) const {
  std::vector<std::size_t> out;
  for (std::size_t run = 0; run < states.size(); ++run)
    if (states[run].status == status) out.push_back(run);
  return out;
}

RunFailure Ledger::failure(std::size_t run) const {
  const auto& state = states.at(run);
  return failure_of(readers.at(state.log)->content(state.record));
}

} // namespace nearshore
