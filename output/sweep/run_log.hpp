#pragma once
// The file of a slice: what became of its runs, one record after the other, only ever appended to.
// A record that was not written to its end (a task killed, a full disk) does not count: every
// record carries checksums of its header and of its content, and its end is marked.
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

enum class RecordKind : std::uint32_t {
  session = 1, ///< a process has opened the file; content: who and where, for people
  begun,       ///< a run began
  done,        ///< a run is finished; content: its results (run_result.hpp)
  failed,      ///< a run failed; content: exit code, message, command (RunFailure)
  stopped,     ///< a run was stopped from outside before its end
};

struct RunRecord {
  RecordKind kind{RecordKind::done};
  std::uint32_t run{0};
  std::uint64_t program{0}, configuration{0}; ///< fingerprints (folder.hpp)
  double seconds{0};                          ///< wall time of the run
  double at{0};                               ///< when written, seconds since 1970
  std::string host;                           ///< of at most 31 bytes
  std::uint64_t offset{0}, size{0};           ///< of the content in its file
};

struct RunFailure {
  int code{1};                  ///< exit status that the run alone would have
  std::string message, command; ///< `command` repeats the run
};
std::string failure_content(const RunFailure& failure);
RunFailure failure_of(const std::string& content);

/// Seconds since 1970.
double time_now();
/// CRC-32 of zlib.
std::uint32_t checksum(const std::string& bytes);

/// Appends. One process at a time: the file is locked while it is open. Thread-safe.
class RunLog {
public:
  /// Opens or creates the file, and cuts off what a killed process left half-written. Throws Error
  /// (kind resource) if it cannot be written or another process has it open.
  explicit RunLog(std::string path);
  ~RunLog();
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  /// `record`'s place and size are set by this. `durable`: on the disk when it returns. Throws
  /// Error (kind resource); the file then ends where it ended before.
  void append(const RunRecord& record, const std::string& content, bool durable);

private:
  std::string name;
  int descriptor;
  std::uint64_t end{0};
  std::mutex mutex;
};

/// Reads the whole records of such a file, contents only where asked for.
class RunLogReader {
public:
  /// Throws Error (kind input) for a file that cannot be read or is no log of runs.
  explicit RunLogReader(std::string path);
  ~RunLogReader();
  RunLogReader(RunLogReader&& other) noexcept;
  RunLogReader(const RunLogReader&) = delete;
  RunLogReader& operator=(const RunLogReader&) = delete;

  [[nodiscard]] const std::string& path() const { return name; }
  /// Calls `take` for each record in order, up to the first that is not whole; its end is returned.
  /// With `contents` their checksums are verified too.
  std::uint64_t scan(const std::function<void(const RunRecord&)>& take, bool contents = false);
  /// The content of a record, or `size` bytes of it from `from` on. Throws Error (kind input) where
  /// the file is damaged; only whole contents are verified.
  std::string content(const RunRecord& record);
  std::string content(const RunRecord& record, std::uint64_t from, std::uint64_t size);

private:
  std::string name;
  int descriptor;
};

/// Whether a process has the file open for writing; nothing where the file system does not say.
std::optional<bool> is_being_written(const std::string& path);

} // namespace nearshore
