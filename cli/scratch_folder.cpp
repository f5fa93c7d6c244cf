#include "cli/scratch_folder.hpp"

#include "policy/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace nearshore {

ScratchFolder::ScratchFolder()
    : path((std::filesystem::temp_directory_path() / "nearshore-XXXXXX").string()) {
  if (::mkdtemp(path.data()) == nullptr)
    throw Error{kind_of_errno(errno),
                "cannot make the folder '" + path + "': " + std::strerror(errno), "TMPDIR",
                "a folder that may be written"};
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

} // namespace nearshore
