#pragma once
// Where files are: the user's relative to the current folder, the project's own relative to its
// root.
#include <string>

namespace nearshore {

/// The project's root: NEARSHORE_ROOT (set by the launcher), else share/nearshore beside the folder
/// of an installed program, else where the program was built from.
std::string project_root();

/// A file or folder to read: `path` itself if it is absolute or exists from the current folder,
/// else the same under the project's root if it exists there, else `path` unchanged (reading it
/// then says so).
std::string find_input(const std::string& path);

/// For a file that find_input does not find: the path with the nearest name of the same ending
/// (.toml where it has none) in its folder, here or under the project's root; empty if none is
/// near.
std::string nearest_input(const std::string& path);

} // namespace nearshore
