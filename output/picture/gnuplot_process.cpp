// gnuplot as a child: a script goes in, a picture comes out; no shell and no file.
#include "output/picture/gnuplot.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace nearshore {
namespace {

constexpr std::size_t kWordsShown = 1000; ///< bytes of what it says of an error

[[noreturn]] void fail(const std::string& why, ErrorKind kind = ErrorKind::resource) {
  throw Error{kind, why, "gnuplot", "the Debian package gnuplot-nox"};
}

/// Two ends of a connection that close themselves. A socket, since writing to one whose other end
/// is gone can be an error without a signal.
class Channel {
public:
  Channel() {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
      fail(std::string{"cannot be connected: "} + std::strerror(errno), kind_of_errno(errno));
  }
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel() {
    close_mine();
    close_theirs();
  }
  [[nodiscard]] int mine() const { return ends[0]; }
  [[nodiscard]] int theirs() const { return ends[1]; }
  void close_mine() { close_end(ends[0]); }
  void close_theirs() { close_end(ends[1]); }

private:
  std::array<int, 2> ends{-1, -1};
  static void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1; // poll() leaves negative numbers out
  }
};

struct Talk {
  Channel in, out, said;
};

pid_t started(const Talk& talk) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, talk.in.theirs(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, talk.out.theirs(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, talk.said.theirs(), STDERR_FILENO);
  std::string program = "gnuplot", no_defaults = "-d"; // no settings of the user's
  std::array<char*, 3> arguments{program.data(), no_defaults.data(), nullptr};
  pid_t child{};
  const int failed =
      posix_spawnp(&child, program.c_str(), &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) fail(std::string{"cannot be started: "} + std::strerror(failed));
  return child;
}

/// Sends what the child takes; closes the end once all is sent, or nobody takes it.
void send_some(Channel& channel, std::string_view& text) {
  const auto n = ::send(channel.mine(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (n > 0) text.remove_prefix(static_cast<std::size_t>(n));
  const bool again = n < 0 && (errno == EAGAIN || errno == EINTR);
  if (text.empty() || (n < 0 && !again)) channel.close_mine();
}

/// Takes what is there; closes the end once nothing more can come.
void take_some(Channel& channel, std::string& text) {
  std::array<char, 1 << 16> some{};
  const auto n = ::recv(channel.mine(), some.data(), some.size(), MSG_DONTWAIT);
  if (n > 0) text.append(some.data(), static_cast<std::size_t>(n));
  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) channel.close_mine();
}

/// Nobody waits for the other, however much either says.
void exchange(Talk& talk, std::string_view script, std::string& picture, std::string& words) {
  for (;;) {
    std::array<pollfd, 3> ends{pollfd{talk.in.mine(), POLLOUT, 0},
                               pollfd{talk.out.mine(), POLLIN, 0},
                               pollfd{talk.said.mine(), POLLIN, 0}};
    if (ends[1].fd < 0 && ends[2].fd < 0) return;
    if (::poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR)
      fail(std::string{"cannot be heard: "} + std::strerror(errno), kind_of_errno(errno));
    if (ends[0].revents != 0) send_some(talk.in, script);
    if (ends[1].revents != 0) take_some(talk.out, picture);
    if (ends[2].revents != 0) take_some(talk.said, words);
  }
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

} // namespace

std::string run_gnuplot(const std::string& script) {
  Talk talk;
  const auto child = started(talk);
  for (auto* channel : {&talk.in, &talk.out, &talk.said})
    channel->close_theirs();
  std::string picture, words;
  exchange(talk, script, picture, words);
  const int status = status_of(child);
  if (!WIFEXITED(status) || WEXITSTATUS(status) == 127) fail("cannot be started, or was stopped");
  if (WEXITSTATUS(status) != 0) {
    words.resize(std::min(words.size(), kWordsShown));
    fail("failed: " + join(wrapped(words, words.size() + 1)));
  }
  return picture;
}

} // namespace nearshore
