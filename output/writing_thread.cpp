#include "output/writing_thread.hpp"

#include "output/trajectory_file.hpp"
#include "output/trajectory_kind.hpp"
#include "policy/error.hpp"
#include "sim/checkpoint/file.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

/// The path, once it has a name that may be written.
std::string checked(std::string path) {
  check_place({path, hdf5_kind(), "output"});
  return path;
}

} // namespace

struct WritingThread::Impl {
  std::string path, partial;
  OutputLock lock;
  RunDescription description;
  SlabLayout layout;
  std::size_t most; // months queued

  std::mutex mutex;
  std::condition_variable changed;
  std::deque<MonthSlab> queue;   // filled, waiting to be written
  std::vector<MonthSlab> spare;  // written, to be filled again
  std::optional<RunInfo> ending; // set by finish()
  bool abandoned{false};         // set by the destructor
  bool created{false};           // the file stands
  std::exception_ptr failure;    // what the thread met
  std::thread thread;

  Impl(std::string p, RunDescription d, std::size_t n)
      : path(checked(std::move(p))), partial(path + ".partial"), lock(path),
        description(std::move(d)), layout(description.reporting), most(n) {}

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
    std::error_code ignored;
    fs::remove(partial, ignored);
  }
};

WritingThread::WritingThread(std::string path, RunDescription description, std::size_t queued)
    : impl(std::make_unique<Impl>(std::move(path), std::move(description), queued)) {
  impl->thread = std::thread{[this] { impl->write(); }};
  std::unique_lock held{impl->mutex};
  impl->changed.wait(held, [&] { return impl->created || impl->failure; });
  impl->rethrow_failure();
}

WritingThread::~WritingThread() = default;

const std::string& WritingThread::path() const {
  return impl->path;
}
const RunDescription& WritingThread::description() const {
  return impl->description;
}

void WritingThread::take(const MonthRecord& record, std::size_t run) {
  check_record(record, impl->description.reporting);
  MonthSlab slab;
  {
    std::unique_lock held{impl->mutex};
    impl->changed.wait(held, [&] { return impl->queue.size() < impl->most || impl->failure; });
    impl->rethrow_failure();
    if (!impl->spare.empty()) {
      slab = std::move(impl->spare.back());
      impl->spare.pop_back();
    }
  }
  slab.run = run;
  fill_slab(record, impl->description.reporting, impl->layout, slab);
  impl->tell([&] { impl->queue.push_back(std::move(slab)); });
}

void WritingThread::finish(const RunInfo& info) {
  impl->tell([&] { impl->ending = info; });
  impl->thread.join();
  const std::scoped_lock held{impl->mutex};
  impl->rethrow_failure();
  sync_and_name(impl->partial, impl->path);
}

} // namespace nearshore
