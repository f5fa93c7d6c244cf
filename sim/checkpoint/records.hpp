#pragma once
// The months of a run as they were handed to its observers, one after the other in a file of their
// own: replayed, they make every output anew. A checkpoint says how many bytes of it count; what
// lies beyond, a crash may have cut off.
#include "sim/checkpoint/header.hpp"
#include "sim/record.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

class RecordLog {
public:
  /// Opens a log to go on after `end`, which must be its own, or with an empty one. Throws Error.
  RecordLog(const std::string& path, const LogEnd& end);
  /// Of a month of the spin-up only its number of firms is kept.
  void append(const MonthRecord&);
  /// Returns when the disk has everything.
  LogEnd sync();

private:
  File file;
  LogEnd end;
  std::vector<char> month;
};

/// Throws DamagedFile unless the log holds what a checkpoint counts as its own.
void verify_records(const std::string& path, const LogEnd& end);

/// Hands on every month up to `end`; `like` has the sizes of the scenario's arrays. Throws
/// DamagedFile, and what the observer throws.
void replay_records(const std::string& path, const LogEnd& end, const MonthRecord& like,
                    const std::function<void(const MonthRecord&)>& visit);

/// A record of a scenario's sizes.
MonthRecord record_like(const Scenario&);

} // namespace nearshore
