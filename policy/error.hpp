#pragma once
// One error type for everything that a user can cause; its kind is the exit code.
#include <exception>
#include <string>

namespace nearshore {

/// Exit codes that a cluster's scripts can sort.
enum class ErrorKind : int {
  internal = 1, ///< a fault of the program
  input = 2,    ///< configuration, data or command line
  resource =
      3, ///< a file or folder that cannot be written, or a reason that is none of those below
  invariant = 4,   ///< an account does not balance, or a firm's state is out of range
  stopped = 5,     ///< by a signal, after a checkpoint
  memory = 6,      ///< not enough
  disk_full = 7,   ///< no space, or a quota
  file_size = 8,   ///< a limit on the size of files
  closed_pipe = 9, ///< nobody reads standard output any more
  busy = 10,       ///< another run is writing the same file
};

/// The kind of a failed system call; `resource` for any that has no kind of its own.
ErrorKind kind_of_errno(int code);

struct Error : std::exception {
  ErrorKind kind{ErrorKind::internal};
  std::string what_is_wrong;
  std::string where;      ///< "file:line:column", or the command-line option
  std::string allowed;    ///< what would be right
  std::string suggestion; ///< "did you mean ...?"

  Error(ErrorKind kind, std::string what_is_wrong, std::string where = {}, std::string allowed = {},
        std::string suggestion = {});
  /// The whole message, one line: "where: error: what; allowed: ...; did you mean ...?"
  [[nodiscard]] const char* what() const noexcept override { return text.c_str(); }

private:
  std::string text;
};

} // namespace nearshore
