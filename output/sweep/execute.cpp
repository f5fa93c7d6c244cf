#include "output/sweep/execute.hpp"

#include "policy/error.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace nearshore {
namespace {

class Execution {
public:
  Execution(const std::vector<std::size_t>& list, const MakeRun& maker, RunLog& to,
            const ExecuteOptions& how, std::atomic<bool>& flag)
      : runs(list), make(maker), log(to), options(how), stop(flag), host(host_of_this()) {}

  void work() {
    for (std::size_t i; !stop && (i = next.fetch_add(1)) < runs.size();)
      try {
        try_run(runs[i]);
      } catch (...) { // the log cannot be written
        const std::scoped_lock held{mutex};
        if (!failure) failure = std::current_exception();
        stop = true;
      }
  }

  ExecuteResult result() {
    if (failure) std::rethrow_exception(failure);
    outcome.stopped = stop;
    return outcome;
  }

private:
  const std::vector<std::size_t>& runs;
  const MakeRun& make;
  RunLog& log;
  const ExecuteOptions& options;
  std::atomic<bool>& stop;
  std::string host;
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  ExecuteResult outcome;

  void write(RecordKind kind, std::size_t run, double seconds, const std::string& content,
             bool durable) {
    RunRecord record;
    record.kind = kind;
    record.run = static_cast<std::uint32_t>(run);
    record.program = options.program;
    record.configuration = options.configuration;
    record.seconds = seconds;
    record.at = time_now();
    record.host = host;
    log.append(std::move(record), content, durable);
  }

  void try_run(std::size_t run) {
    for (int left = options.on_failure.retries;; --left) {
      write(RecordKind::begun, run, 0, {}, false);
      const auto start = std::chrono::steady_clock::now();
      const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      };
      std::string content;
      RunFailure failed;
      try {
        content = make(run, stop);
        failed.code = 0;
      } catch (const RunStopped&) {
        return write(RecordKind::stopped, run, seconds(), {}, false);
      } catch (...) {
        failed = present_failure(options.command ? options.command(run) : "");
      }
      if (failed.code == 0) {
        write(RecordKind::done, run, seconds(), content, true);
        return note(run, nullptr);
      }
      if (left > 0 && !stop) continue;
      write(RecordKind::failed, run, seconds(), failure_content(failed), true);
      return note(run, &failed);
    }
  }

  void note(std::size_t run, const RunFailure* failed) {
    const std::scoped_lock held{mutex};
    if (failed == nullptr) {
      ++outcome.done;
    } else {
      ++outcome.failed;
      if (outcome.first_code == 0) outcome.first_code = failed->code;
      if (options.on_failure.stop) stop = true;
    }
    if (options.ended) options.ended(run, failed);
  }
};

} // namespace

std::string host_of_this() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

RunFailure present_failure(const std::string& command) {
  try {
    throw;
  } catch (const Error& e) {
    return {static_cast<int>(e.kind), e.what(), command};
  } catch (const std::bad_alloc&) {
    return {static_cast<int>(ErrorKind::memory), "error: not enough memory", command};
  } catch (const std::system_error& e) { // EAGAIN: a thread that could not be made
    const bool threads = e.code() == std::errc::resource_unavailable_try_again;
    return {static_cast<int>(threads ? ErrorKind::memory : kind_of_errno(e.code().value())),
            std::string{"error: "} + e.what(), command};
  } catch (const std::exception& e) {
    return {static_cast<int>(ErrorKind::internal), std::string{"internal error: "} + e.what(),
            command};
  } catch (...) {
    return {static_cast<int>(ErrorKind::internal), "internal error", command};
  }
}

ExecuteResult execute_runs(const std::vector<std::size_t>& runs, const MakeRun& make, RunLog& log,
                           const ExecuteOptions& options, std::atomic<bool>& stop) {
  Execution execution{runs, make, log, options, stop};
  {
    std::vector<std::jthread> team;
    for (int j = 1; j < options.jobs; ++j)
      team.emplace_back([&] { execution.work(); });
    execution.work();
  }
  return execution.result();
}

} // namespace nearshore
