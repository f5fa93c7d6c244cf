#pragma once
// How far a big file has been read: a line that is redrawn on a terminal, now and then a line
// elsewhere.
#include "sim/import/csv_stream.hpp"

#include <chrono>
#include <string>

namespace nearshore {

class ImportProgress {
public:
  explicit ImportProgress(std::string command);
  /// Finishes the line, whatever happened.
  ~ImportProgress() { finish(); }
  ImportProgress(const ImportProgress&) = delete;
  ImportProgress& operator=(const ImportProgress&) = delete;
  void show(const importing::StreamPosition&);
  void finish();

private:
  using Clock = std::chrono::steady_clock;
  std::string name;
  bool terminal, open_line{false};
  Clock::time_point start{Clock::now()}, shown{Clock::now()};
};

} // namespace nearshore
