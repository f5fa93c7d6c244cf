#include "output/trajectory_writer.hpp"

#include "output/trajectory_file.hpp"
#include "policy/error.hpp"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <string_view>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace nearshore {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kQueuedMonths = 2;

/// True of an open file that another run is writing: HDF5 locks what it writes.
bool locked(int descriptor) {
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return errno == EWOULDBLOCK;
  ::flock(descriptor, LOCK_UN);
  return false;
}

/// A trajectory may be written over, and an empty file; a scenario, a table or a device may not.
bool may_be_replaced(const std::string& path) {
  constexpr std::string_view kSignature{"\x89HDF\r\n\x1a\n"};
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return true;
  if (!fs::is_regular_file(path, ignored)) return false;
  std::string start(kSignature.size(), '\0');
  std::ifstream file{path, std::ios::binary};
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  return file.gcount() == 0 || start == kSignature;
}

/// HDF5 does not say why a file cannot be created; the system does.
void check_writable(const std::string& path, const std::string& partial) {
  const auto refuse = [&](const std::string& why) {
    throw Error{ErrorKind::resource, "cannot write '" + path + "': " + why, "output",
                "a file name in a folder that exists and may be written"};
  };
  std::error_code ignored;
  if (path.empty()) refuse("the name is empty");
  if (fs::is_directory(path, ignored)) refuse("it is a folder");
  const fs::path folder = fs::path{path}.parent_path();
  if (!folder.empty() && !fs::exists(folder, ignored))
    refuse("the folder '" + folder.string() + "' does not exist");
  if (!may_be_replaced(path)) refuse("it exists and is no trajectory");
  const int descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) refuse(std::strerror(errno));
  const bool busy = locked(descriptor);
  ::close(descriptor);
  if (busy) refuse("another run is writing it");
}

void check_size(std::size_t found, std::size_t wanted, const char* what) {
  if (found != wanted)
    throw Error{ErrorKind::internal, std::string{"the record of a month holds "} +
                                         std::to_string(found) + " values of " + what + ", not " +
                                         std::to_string(wanted)};
}

void check_record(const MonthRecord& m, const Reporting& r) {
  const std::size_t R = r.R(), S = r.S();
  check_size(m.claims.size(), R * R * S, "claims");
  if (!m.claim_change.empty()) check_size(m.claim_change.size(), R * R, "claim_change");
  if (!m.claim_change_recorded.empty())
    check_size(m.claim_change_recorded.size(), R * R, "claim_change_recorded");
  check_size(m.trade.size(), R * R * S * 2 * r.P(), "trade");
  check_size(m.duty.size(), R * R * S * r.A(), "duty");
  check_size(m.exports_content.size(), R * S * R, "exports_content");
  check_size(m.rvc_exports.size(), R * S * kRvcBins, "rvc_exports");
  check_size(m.gross_output.size(), R * S, "gross_output");
  check_size(m.employment.size(), R * S, "employment");
  check_size(m.price_index.size(), R * S, "price_index");
  check_size(m.capacity_utilisation.size(), R * S, "capacity_utilisation");
  check_size(m.active_firms.size(), R * S, "active_firms");
  check_size(m.final_spending.size(), R, "final_spending");
}

} // namespace

struct TrajectoryWriter::Impl {
  std::string path, partial;
  RunDescription description;
  SlabLayout layout;
  std::optional<Month> last;

  std::mutex mutex;
  std::condition_variable changed;
  std::deque<MonthSlab> queue;   // filled, waiting to be written
  std::vector<MonthSlab> spare;  // written, to be filled again
  std::optional<RunInfo> ending; // set by finish()
  bool abandoned{false};         // set by the destructor
  bool created{false};           // the file stands
  std::exception_ptr failure;    // what the thread met
  std::thread thread;

  Impl(std::string p, RunDescription d)
      : path(std::move(p)), partial(path + ".partial"), description(std::move(d)),
        layout(description.reporting) {}

  ~Impl() {
    {
      const std::scoped_lock held{mutex};
      abandoned = true;
    }
    changed.notify_all();
    if (thread.joinable()) thread.join();
  }

  void rethrow_failure() const { // with the mutex held
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const Error& e) {
      throw Error{e.kind, e.what_is_wrong, path, e.allowed, e.suggestion};
    }
  }

  /// The writing thread: everything between the creation and the closing of the file.
  void write() {
    std::optional<TrajectoryFile> file;
    try {
      file.emplace(partial, description, layout);
      tell([&] { created = true; });
      write_months(*file);
    } catch (...) {
      if (file) file->abandon();
      remove_partial();
      tell([&] { failure = std::current_exception(); });
    }
  }

  void write_months(TrajectoryFile& file) {
    for (;;) {
      std::unique_lock held{mutex};
      changed.wait(held, [&] { return abandoned || !queue.empty() || ending; });
      if (abandoned) {
        held.unlock();
        file.abandon();
        return remove_partial();
      }
      if (queue.empty()) {
        held.unlock();
        return file.finish(*ending);
      }
      MonthSlab slab = std::move(queue.front());
      queue.pop_front();
      held.unlock();
      changed.notify_all();
      file.append(slab);
      held.lock();
      spare.push_back(std::move(slab));
    }
  }

  template <class F> void tell(F change) {
    {
      const std::scoped_lock held{mutex};
      change();
    }
    changed.notify_all();
  }

  void remove_partial() const noexcept {
    const int descriptor = ::open(partial.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    std::error_code ignored;
    if (!locked(descriptor)) fs::remove(partial, ignored); // else it is another run's
    ::close(descriptor);
  }
};

TrajectoryWriter::TrajectoryWriter(std::string path, RunDescription description)
    : impl(std::make_unique<Impl>(std::move(path), std::move(description))) {
  check_writable(impl->path, impl->partial);
  impl->thread = std::thread{[this] { impl->write(); }};
  std::unique_lock held{impl->mutex};
  impl->changed.wait(held, [&] { return impl->created || impl->failure; });
  impl->rethrow_failure();
}

TrajectoryWriter::~TrajectoryWriter() = default;

const std::string& TrajectoryWriter::path() const {
  return impl->path;
}

void TrajectoryWriter::on_month(const MonthRecord& record) {
  if (record.spin_up) return;
  const Reporting& reporting = impl->description.reporting;
  check_record(record, reporting);
  if (impl->last && record.month - *impl->last != 1)
    throw Error{ErrorKind::internal,
                "month " + record.month.text() + " follows " + impl->last->text()};
  impl->last = record.month;

  MonthSlab slab;
  {
    std::unique_lock held{impl->mutex};
    impl->changed.wait(held, [&] { return impl->queue.size() < kQueuedMonths || impl->failure; });
    impl->rethrow_failure();
    if (!impl->spare.empty()) {
      slab = std::move(impl->spare.back());
      impl->spare.pop_back();
    }
  }
  slab.month = record.month;
  slab.values.resize(impl->layout.size());
  const auto list = variables();
  for (std::size_t v = 0; v < list.size(); ++v)
    list[v].fill(record, reporting,
                 {slab.values.data() + impl->layout.offset(v), impl->layout.length(v)});
  impl->tell([&] { impl->queue.push_back(std::move(slab)); });
}

void TrajectoryWriter::finish(const RunInfo& info) {
  impl->tell([&] { impl->ending = info; });
  impl->thread.join();
  const std::scoped_lock held{impl->mutex};
  impl->rethrow_failure();
  std::error_code code;
  fs::rename(impl->partial, impl->path, code);
  if (code) {
    impl->remove_partial();
    throw Error{ErrorKind::resource, "cannot write the file: " + code.message(), impl->path};
  }
}

} // namespace nearshore
