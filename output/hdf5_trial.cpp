#include "output/hdf5_trial.hpp"

#include "output/hdf5_parts.hpp"
#include "sim/machine.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <limits>
#include <optional>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nearshore::hdf5 {
namespace {

[[noreturn]] void no_process(const std::string& path) {
  throw Error{kind_of_errno(errno), std::string{"cannot start a process: "} + std::strerror(errno),
              path};
}

/// Dies of a signal at the first fault, without a word and without a core; hangs for a while only.
[[noreturn]] void be_the_child(const std::string& path, std::uintmax_t bytes, int to) {
  for (const int fatal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGPROF, SIGPIPE})
    std::signal(fatal, SIG_DFL);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  // A tenth of it is enough for a file that is whole.
  const auto microseconds = 250'000 + static_cast<std::uint64_t>(bytes);
  const itimerval limit{{0, 0},
                        {static_cast<time_t>(microseconds / 1'000'000),
                         static_cast<suseconds_t>(microseconds % 1'000'000)}};
  ::setitimer(ITIMER_PROF, &limit, nullptr); // SIGPROF ends the process
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  try {
    PartWriter writer{to};
    send_file(path, writer);
  } catch (...) {
    ::_exit(EXIT_FAILURE);
  }
  ::_exit(EXIT_SUCCESS);
}

/// A process and the end of a pipe to read from; both are gone when this is.
class Child {
public:
  explicit Child(const std::string& path) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) no_process(path);
    std::error_code ignored;
    const auto bytes = std::filesystem::file_size(path, ignored);
    id = ::fork();
    if (id == 0) {
      ::close(pipe[0]); // so that writing ends when nobody reads
      be_the_child(path, ignored ? 0 : bytes, pipe[1]);
    }
    ::close(pipe[1]);
    from = pipe[0];
    if (id < 0) {
      ::close(from);
      no_process(path);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { (void)end(); }

  [[nodiscard]] int pipe() const { return from; }
  /// How it ended; it is not waited for if it still has something to say.
  int end() {
    if (id <= 0) return status;
    ::close(from);
    while (::waitpid(id, &status, 0) < 0 && errno == EINTR) {
    }
    id = -1;
    return status;
  }

private:
  pid_t id{-1};
  int from{-1}, status{0};
};

std::string fault_of(int status) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)
    return "HDF5 does not come to an end of it";
  if (WIFSIGNALED(status) && WTERMSIG(status) != SIGPIPE)
    return "HDF5 crashes on it (signal " + std::to_string(WTERMSIG(status)) + ")";
  return {};
}

/// Half of the memory there is: the file lies in it unpacked.
std::uint64_t most_bytes() {
  const auto available = available_memory();
  return available ? *available / 2 : std::numeric_limits<std::uint64_t>::max();
}

} // namespace

Handle open_on_trial(const std::string& path) {
  Child child{path};
  std::optional<Error> fault;
  try {
    PartReader reader{child.pipe(), most_bytes()};
    Handle file = receive_file(reader);
    if (fault_of(child.end()).empty()) return file;
  } catch (const Error& e) {
    if (e.kind == ErrorKind::memory)
      throw Error{e.kind,
                  "without a seal the file has to fit into half of the memory: " + e.what_is_wrong,
                  path};
    fault = e;
  }
  auto why = fault_of(child.end());
  if (why.empty()) why = fault ? fault->what_is_wrong : "HDF5 fails on it";
  throw Error{ErrorKind::input, "the file is incomplete or damaged: " + why, path};
}

} // namespace nearshore::hdf5
