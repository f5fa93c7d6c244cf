#pragma once
// One error type for everything that a user can cause; its kind is the exit code.
#include <exception>
#include <string>

namespace nearshore {

/// Exit codes that a cluster's scripts can sort.
enum class ErrorKind : int {
  internal = 1,  ///< a fault of the program
  input = 2,     ///< configuration, data or command line
  resource = 3,  ///< memory, disk, a file that cannot be written
  invariant = 4, ///< an account does not balance
};

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
