#pragma once
// The machine on which something is measured, and who else was using it meanwhile.
#include <optional>
#include <string>

namespace nearshore {

struct MachineDescription {
  std::string processor; ///< as the system calls it; "unknown" where it does not say
  int processors{1};     ///< that this process may use
  double memory_bytes{0};
  std::string system; ///< kernel and machine
};
MachineDescription describe_machine();

/// How many processors others kept busy on average since it was made.
class OthersWatch {
public:
  OthersWatch();
  /// All processors' time that neither this process nor its ended children took, over the wall
  /// time. Nothing where the system does not say.
  [[nodiscard]] std::optional<double> processors_busy() const;

private:
  double start_seconds, own_before;
  std::optional<double> busy_before;
};

} // namespace nearshore
