#pragma once
// The files that commands write: whole or not at all, and never over something else.
#include "sim/checkpoint/output_lock.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nearshore {

/// What a file may be written over.
struct FileKind {
  std::string name; ///< as in "it exists and is no NAME"
  /// Judges the start of an existing file, at most 1 MiB; empty files are never asked about.
  std::function<bool(std::string_view start)> is;
};

/// A table with the columns of this one: its first line that is no remark (#) is the same.
FileKind table_like(std::string_view text);
/// A file that begins with these bytes.
FileKind beginning_with(std::string start, std::string name);
/// Anything: of files in a folder of the program's own.
FileKind file_of_our_own();

/// Where a command writes, and on what conditions.
struct OutputPlace {
  std::string path;
  FileKind kind;
  std::string option{"--output"};    ///< where errors say they are
  std::vector<std::string> inputs{}; ///< files that the command reads
};

/// To be called before anything long. Throws Error: kind input for a place that is one of the
/// inputs, by whatever name; that of the system's reason for a folder that is missing or may not be
/// written; resource for an existing file of another kind.
void check_place(const OutputPlace& place);

/// A file under its name with ".partial", until it gets its own.
class PendingFile {
public:
  /// Checks the place, locks it, and has the file beside it written and synced. Throws Error, also
  /// that of `write`, whose place is then the file's own; nothing is left over.
  PendingFile(const OutputPlace& place,
              const std::function<void(const std::string& beside)>& write);
  /// Removes what has not got its name.
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  /// Gives it its name, in one step.
  void name();

private:
  std::string path, beside;
  OutputLock lock;
  bool pending{true};
};

/// Writes a whole file.
void write_output(const OutputPlace& place, std::string_view text);

/// Writes several: all are complete beside their places before the first gets its name.
void write_outputs(const std::vector<std::pair<OutputPlace, std::string>>& files);

} // namespace nearshore
