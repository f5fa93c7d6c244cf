#pragma once
// Standard output that knows why it could not be written: std::cout alone forgets the reason.
#include <array>
#include <streambuf>

namespace nearshore {

/// While it lives, std::cout writes through it.
class StandardOutput : public std::streambuf {
public:
  StandardOutput();
  ~StandardOutput() override;
  StandardOutput(const StandardOutput&) = delete;
  StandardOutput& operator=(const StandardOutput&) = delete;
  /// The system's reason for the first write that failed; 0: none did.
  [[nodiscard]] int reason() const { return code; }

protected:
  int_type overflow(int_type c) override;
  int sync() override;

private:
  std::array<char, 1U << 16> buffer{};
  std::streambuf* before;
  int code{0};
};

} // namespace nearshore
