#pragma once
// What an HDF5 file holds, one part after the other, in bytes of our own: how a process that HDF5
// may crash hands a file to one that it must not (output/hdf5_trial.hpp).
//
// A part is a letter, the name of the object it is about, and by letter:
//   g              a group
//   d TYPE SHAPE   a variable; its values follow as V
//   a NAME TYPE SHAPE VALUES   an attribute of the object
//   V VALUES       values of the variable, those of one place along its first axis
//   s NAME         the variable is a scale with that label
//   x AXIS NAME    the scale NAME belongs to that axis of the variable
//   !              what is wrong, in the place of the name: nothing follows
//   .              the end
// Numbers are 64 bits of this machine; a text is its length and its bytes.
#include "output/hdf5_handle.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nearshore::hdf5 {

/// The types that are taken from a file: whatever else it holds is refused.
struct PartType {
  enum Class : std::uint8_t { integer, natural, number, fixed_text, text };
  Class kind{integer};
  std::uint32_t size{0};               ///< bytes of a value; of `text` none
  std::uint8_t letters{0}, padding{0}; ///< H5T_cset_t and H5T_str_t of texts
};

/// The HDF5 type, little-endian. Throws Error (kind resource) where no file of ours has such one.
Handle hdf5_type(const PartType& type);
/// The nearest of a type in a file. Throws Error (kind resource) where there is none.
PartType part_type_of(hid_t type);

/// Names of attributes that HDF5 itself makes for scales and what is attached to them.
bool belongs_to_scales(const std::string& attribute);

/// Writes to a pipe; ends the process if nobody reads.
class PartWriter {
public:
  explicit PartWriter(int to) : descriptor(to) {}
  void letter(char c) { bytes(&c, 1); }
  void number(std::uint64_t n) { bytes(&n, sizeof n); }
  void text(const std::string& s);
  void type(const PartType& t);
  void shape(const std::vector<hsize_t>& lengths);
  void bytes(const void* from, std::size_t n);
  void flush();

private:
  int descriptor;
  std::vector<char> waiting;
};

/// Reads from a pipe. Throws Error (kind resource) where it ends early, and (kind memory) where
/// more is sent than `most` bytes.
class PartReader {
public:
  PartReader(int from, std::uint64_t most) : descriptor(from), left(most) {}
  char letter();
  std::uint64_t number();
  std::string text();
  PartType type();
  std::vector<hsize_t> shape();
  /// Grows with what arrives, not with what is announced.
  std::vector<char> bytes(std::uint64_t n);

private:
  int descriptor;
  std::uint64_t left;
  std::vector<char> buffer;
  std::size_t at{0};
  void take(void* to, std::size_t n);
};

/// All of a file's parts. Faults of HDF5 that it reports are sent as such.
void send_file(const std::string& path, PartWriter& to);
/// A file in memory, never on disk, with the parts that are read. Throws Error (kind resource, or
/// that of what was sent).
Handle receive_file(PartReader& from);

} // namespace nearshore::hdf5
