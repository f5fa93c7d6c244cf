#include "output/trajectory_writer.hpp"

#include "output/writing_thread.hpp"
#include "policy/error.hpp"

#include <algorithm>
#include <mutex>
#include <optional>

namespace nearshore {
namespace {

constexpr std::size_t kQueuedMonths = 2;

/// The written months of one run, which must follow one another.
class MonthsInOrder {
public:
  /// Throws Error (kind internal) if this month may not come now.
  void check(Month month, std::optional<Month> first) const {
    if (last && month - *last != 1)
      throw Error{ErrorKind::internal, "month " + month.text() + " follows " + last->text()};
    if (!last && first && month != *first)
      throw Error{ErrorKind::internal, "a run begins in " + month.text()};
  }
  void add(Month month) { last = month; }

private:
  std::optional<Month> last;
};

} // namespace

struct TrajectoryWriter::Impl {
  WritingThread thread;
  MonthsInOrder months{};
};

TrajectoryWriter::TrajectoryWriter(std::string path, RunDescription description)
    : impl(new Impl{{std::move(path), std::move(description), kQueuedMonths}}) {}

TrajectoryWriter::~TrajectoryWriter() = default;

const std::string& TrajectoryWriter::path() const {
  return impl->thread.path();
}

void TrajectoryWriter::on_month(const MonthRecord& record) {
  if (record.spin_up) return;
  impl->months.check(record.month, {});
  impl->thread.take(record, 0);
  impl->months.add(record.month);
}

void TrajectoryWriter::finish(const RunInfo& info) {
  impl->thread.finish(info);
}

struct EnsembleWriter::Impl {
  WritingThread thread;
  std::mutex mutex{};
  std::size_t complete{0}; ///< runs whose last month was taken
};

EnsembleWriter::EnsembleWriter(std::string path, RunDescription description, int jobs)
    : impl(new Impl{{std::move(path), std::move(description),
                     std::max(kQueuedMonths, static_cast<std::size_t>(jobs))}}) {}

EnsembleWriter::~EnsembleWriter() = default;

const std::string& EnsembleWriter::path() const {
  return impl->thread.path();
}

std::unique_ptr<Observer> EnsembleWriter::observer_of(std::size_t run) {
  class OfRun : public Observer {
  public:
    OfRun(Impl& all, std::size_t which) : impl(all), run(which) {}
    void on_month(const MonthRecord& record) override {
      if (record.spin_up) return;
      const auto& axes = *impl.thread.description().ensemble;
      months.check(record.month, axes.first);
      impl.thread.take(record, run);
      months.add(record.month);
      if (record.month - axes.first + 1 != static_cast<int>(axes.months)) return;
      const std::scoped_lock held{impl.mutex};
      ++impl.complete;
    }

  private:
    Impl& impl;
    std::size_t run;
    MonthsInOrder months;
  };
  return std::make_unique<OfRun>(*impl, run);
}

void EnsembleWriter::finish(const RunInfo& info) {
  const std::size_t wanted = impl->thread.description().ensemble->runs();
  if (impl->complete != wanted)
    throw Error{ErrorKind::internal, std::to_string(impl->complete) + " runs of " +
                                         std::to_string(wanted) + " are complete"};
  impl->thread.finish(info);
}

} // namespace nearshore
