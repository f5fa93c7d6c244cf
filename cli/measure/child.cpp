#include "cli/measure/child.hpp"

#include "policy/error.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nearshore {
namespace {

using Clock = std::chrono::steady_clock;

// What a child writes first: whether its text is a result or an error, and of which kind.
constexpr char kResult = 'r';

[[noreturn]] void system_failed(const char* what) {
  throw Error{ErrorKind::resource, fmt::format("cannot {}: {}", what, std::strerror(errno))};
}

void write_all(int descriptor, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto n = ::write(descriptor, text.data() + at, text.size() - at);
    if (n < 0 && errno != EINTR) return;
    if (n > 0) at += static_cast<std::size_t>(n);
  }
}

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> part{};
  for (;;) {
    const auto n = ::read(descriptor, part.data(), part.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(n));
  }
}

double seconds_of(const timeval& t) {
  return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
}

/// Waits for a process and adds what it used.
int wait_for(pid_t process, ChildResult& result) {
  rusage used{};
  int status = 0;
  while (::wait4(process, &status, 0, &used) < 0)
    if (errno != EINTR) system_failed("wait for a process");
  result.cpu_seconds += seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
  result.peak_bytes = std::max(result.peak_bytes, 1024.0 * static_cast<double>(used.ru_maxrss));
  return status;
}

void refuse_death(int status, const std::string& what) {
  if (WIFSIGNALED(status))
    throw Error{ErrorKind::resource,
                fmt::format("{} was ended by signal {} ({})", what, WTERMSIG(status),
                            ::strsignal(WTERMSIG(status))),
                {},
                "enough memory for the size asked for"};
  if (WEXITSTATUS(status) != 0)
    throw Error{ErrorKind::internal,
                fmt::format("{} ended with status {}", what, WEXITSTATUS(status))};
}

/// The text of a child: its kind in one character, then the result or the message.
std::string outcome_of(const std::function<std::string()>& work) {
  const auto failed = [](ErrorKind kind, const std::string& what) {
    return static_cast<char>('0' + static_cast<int>(kind)) + what;
  };
  try {
    return kResult + work();
  } catch (const Error& e) {
    return failed(e.kind, e.what());
  } catch (const std::bad_alloc&) {
    return failed(ErrorKind::memory, "not enough memory");
  } catch (const std::exception& e) {
    return failed(ErrorKind::internal, e.what());
  }
}

pid_t start_copy(const std::vector<std::string>& arguments) {
  std::vector<char*> words;
  std::string self = "nearshore";
  words.push_back(self.data());
  auto list = arguments;
  for (auto& a : list)
    words.push_back(a.data());
  words.push_back(nullptr);
  const pid_t process = ::fork();
  if (process < 0) system_failed("start a process");
  if (process > 0) return process;
  const int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(nothing, STDOUT_FILENO);
  ::execv("/proc/self/exe", words.data());
  ::_exit(127);
}

} // namespace

ChildResult in_child(const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) system_failed("open a pipe");
  std::fflush(nullptr); // else the child would write what is waiting a second time
  const auto start = Clock::now();
  const pid_t process = ::fork();
  if (process < 0) system_failed("start a process");
  if (process == 0) {
    ::close(ends[0]);
    write_all(ends[1], outcome_of(work));
    std::fflush(nullptr);
    ::_exit(0);
  }
  ::close(ends[1]);
  ChildResult result;
  result.text = read_all(ends[0]);
  ::close(ends[0]);
  refuse_death(wait_for(process, result), "a measuring process");
  result.wall_seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (result.text.empty()) throw Error{ErrorKind::internal, "a measuring process said nothing"};
  const char kind = result.text.front();
  result.text.erase(0, 1);
  if (kind != kResult) throw Error{static_cast<ErrorKind>(kind - '0'), result.text};
  return result;
}

ChildResult run_program(const std::vector<std::vector<std::string>>& copies) {
  std::fflush(nullptr);
  ChildResult result;
  const auto start = Clock::now();
  std::vector<pid_t> processes;
  for (const auto& arguments : copies)
    processes.push_back(start_copy(arguments));
  std::vector<int> statuses;
  for (const pid_t p : processes)
    statuses.push_back(wait_for(p, result));
  result.wall_seconds = std::chrono::duration<double>(Clock::now() - start).count();
  for (const int status : statuses)
    refuse_death(status, "a run of the program");
  return result;
}

} // namespace nearshore
