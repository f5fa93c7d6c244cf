#include "output/hdf5_probe.hpp"

#include "output/hdf5_open.hpp"

#include <hdf5_hl.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nearshore::hdf5 {
namespace {

constexpr hsize_t kMostAtOnce = hsize_t{1} << 30; // bytes of values that are read together

/// Reads through `read(type, to)` as stored, and numbers as double too: as the readers do.
template <class Read> void read_values(hid_t type, hid_t space, Read read) {
  const auto n = H5Sget_simple_extent_npoints(space);
  const auto width = static_cast<hsize_t>(H5Tget_size(type));
  if (n <= 0 || width == 0 || static_cast<hsize_t>(n) > kMostAtOnce / width) return;
  const auto count = static_cast<std::size_t>(n);
  std::vector<char> values(count * width);
  if (read(type, values.data()) >= 0) H5Dvlen_reclaim(type, space, H5P_DEFAULT, values.data());
  const auto kind = H5Tget_class(type);
  if (kind != H5T_INTEGER && kind != H5T_FLOAT) return;
  std::vector<double> numbers(count);
  read(H5T_NATIVE_DOUBLE, numbers.data());
}

herr_t read_attribute(hid_t object, const char* name, const H5A_info_t*, void*) {
  const Handle attribute{H5Aopen(object, name, H5P_DEFAULT), H5Aclose};
  if (attribute < 0) return 0;
  const Handle type{H5Aget_type(attribute), H5Tclose}, space{H5Aget_space(attribute), H5Sclose};
  if (type < 0 || space < 0) return 0;
  read_values(type, space, [&](hid_t as, void* to) { return H5Aread(attribute, as, to); });
  return 0;
}

herr_t name_of_scale(hid_t, unsigned, hid_t scale, void*) {
  std::array<char, 256> name{};
  return H5Iget_name(scale, name.data(), name.size()) > 0 ? 1 : 0;
}

/// One place along the first axis at a time.
void read_dataset(hid_t dataset) {
  const auto shape = shape_of(dataset);
  const auto rank = static_cast<unsigned>(shape.size());
  const bool is_scale = H5DSis_scale(dataset) > 0;
  for (unsigned axis = 0; axis < rank; ++axis)
    if (!is_scale && H5DSget_num_scales(dataset, axis) > 0)
      H5DSiterate_scales(dataset, axis, nullptr, name_of_scale, nullptr);
  const Handle type = own(H5Dget_type(dataset), H5Tclose, "read a type");
  const Handle space = own(H5Dget_space(dataset), H5Sclose, "read a shape");
  if (H5Sget_simple_extent_npoints(space) <= 0) return;
  auto block = shape;
  std::vector<hsize_t> start(shape.size(), 0);
  if (rank > 1) block[0] = 1; // lists are read whole
  const Handle memory =
      own(rank == 0 ? H5Screate(H5S_SCALAR)
                    : H5Screate_simple(static_cast<int>(rank), block.data(), nullptr),
          H5Sclose, "describe a block");
  for (hsize_t at = 0; at < (rank > 1 ? shape[0] : 1); ++at) {
    if (rank > 1) {
      start[0] = at;
      check(
          H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, block.data(), nullptr),
          "select a block");
    }
    read_values(type, memory, [&](hid_t as, void* to) {
      return H5Dread(dataset, as, memory, space, H5P_DEFAULT, to);
    });
  }
}

herr_t read_object(hid_t file, const char* name, const H5O_info_t*, void*) {
  try {
    const Handle object = own(H5Oopen(file, name, H5P_DEFAULT), H5Oclose, "open an object");
    H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, read_attribute, nullptr);
    if (H5Iget_type(object) == H5I_DATASET) read_dataset(object);
  } catch (const Error&) { // reported, so no crash
  }
  return 0;
}

void read_everything(const std::string& path) {
  const Handle file{H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose};
  if (file < 0) return;
  H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, read_object, nullptr, H5O_INFO_BASIC);
}

/// Dies of a signal at the first fault, without a word and without a core; hangs for a while only.
[[noreturn]] void be_the_child(const std::string& path, std::uintmax_t bytes) {
  for (const int fatal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU})
    std::signal(fatal, SIG_DFL);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  const rlim_t seconds = 30 + static_cast<rlim_t>(bytes >> 20);
  const rlimit processor{seconds, seconds + 1};
  ::setrlimit(RLIMIT_CPU, &processor);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  try {
    read_everything(path);
  } catch (...) {
    ::_exit(EXIT_FAILURE);
  }
  ::_exit(EXIT_SUCCESS);
}

} // namespace

std::string fault_in_reading(const std::string& path) {
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(path, ignored);
  const pid_t child = ::fork();
  if (child < 0)
    throw Error{kind_of_errno(errno),
                std::string{"cannot start a process: "} + std::strerror(errno), path};
  if (child == 0) be_the_child(path, ignored ? 0 : bytes);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
    return "HDF5 does not come to an end of it";
  if (WIFSIGNALED(status))
    return "HDF5 crashes on it (signal " + std::to_string(WTERMSIG(status)) + ")";
  return WEXITSTATUS(status) == EXIT_SUCCESS ? "" : "HDF5 fails on it";
}

} // namespace nearshore::hdf5
