#pragma once
// Files that must survive a crash: every call checked, its reason told with an exit code of its
// own.
#include <cstddef>
#include <cstdint>
#include <string>

namespace nearshore {

/// An open file. Errors are thrown as Error with the kind of the system's reason
/// (policy/error.hpp).
class File {
public:
  enum class Mode {
    read,   ///< must exist
    create, ///< emptied if it exists
    append  ///< created if it does not exist; what it holds stays
  };
  File(std::string path, Mode);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write(const void* data, std::size_t bytes);
  /// Reads all of it; throws DamagedFile if the file ends before.
  void read(void* data, std::size_t bytes);
  [[nodiscard]] std::uint64_t size() const;
  void seek(std::uint64_t from_start);
  void truncate(std::uint64_t bytes);
  /// Until the disk has it.
  void sync();
  [[nodiscard]] const std::string& path() const { return name; }

private:
  std::string name;
  int descriptor;
};

[[nodiscard]] bool exists(const std::string& path);
/// Gives a file another name, in one step, and waits until the disk has it.
void rename_durably(const std::string& from, const std::string& to);
/// The same for a finished file that may not be on the disk yet; it is removed if that fails.
void sync_and_name(const std::string& beside, const std::string& name);
/// Waits until the disk has the folder's list of names.
void sync_folder_of(const std::string& path);
/// Removes a file if it exists; failing is no error.
void remove_quietly(const std::string& path) noexcept;

/// CRC-32 of some bytes, going on from that of the bytes before them.
std::uint32_t checksum(const void* data, std::size_t bytes, std::uint32_t before = 0);

} // namespace nearshore
