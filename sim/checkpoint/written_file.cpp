#include "sim/checkpoint/written_file.hpp"

#include "policy/error.hpp"
#include "sim/checkpoint/file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>
#include <unistd.h>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kStart = std::size_t{1} << 20; // bytes that are judged

/// The first line that is no remark.
std::string_view columns_of(std::string_view text) {
  while (text.starts_with('#'))
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

bool may_be_replaced(const std::string& path, const FileKind& kind) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return true;
  if (!fs::is_regular_file(path, ignored)) return false;
  std::string start(kStart, '\0');
  std::ifstream file{path, std::ios::binary};
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(file.gcount()));
  return start.empty() ? file.eof() : kind.is(start);
}

/// Links count: two names of one file are the same.
bool is_input(const OutputPlace& place) {
  for (const auto* ending : {"", ".partial", ".lock"}) // all that writing would change
    for (const auto& input : place.inputs) {
      std::error_code ignored;
      if (fs::equivalent(place.path + ending, input, ignored)) return true;
    }
  return false;
}

} // namespace

FileKind table_like(std::string_view text) {
  return {"table with these columns", [columns = std::string{columns_of(text)}](auto start) {
            return columns_of(start) == columns;
          }};
}

FileKind beginning_with(std::string start, std::string name) {
  return {std::move(name),
          [begins = std::move(start)](auto text) { return text.starts_with(begins); }};
}

FileKind file_of_our_own() {
  return {"file", [](auto) { return true; }};
}

void check_place(const OutputPlace& place) {
  const auto refuse = [&](ErrorKind kind, const std::string& why, const char* allowed) {
    throw Error{kind, "cannot write '" + place.path + "': " + why, place.option, allowed};
  };
  const auto refuse_folder = [&](const std::string& why, ErrorKind kind = ErrorKind::resource) {
    refuse(kind, why, "a file name in a folder that exists and may be written");
  };
  std::error_code ignored;
  if (place.path.empty()) refuse_folder("the name is empty");
  if (fs::is_directory(place.path, ignored)) refuse_folder("it is a folder");
  auto folder = fs::path{place.path}.parent_path();
  if (folder.empty()) folder = ".";
  if (!fs::is_directory(folder, ignored))
    refuse_folder("the folder '" + folder.string() + "' does not exist");
  if (is_input(place)) refuse(ErrorKind::input, "this command reads it", "another name");
  if (::access(folder.c_str(), W_OK) != 0)
    refuse_folder(std::strerror(errno), kind_of_errno(errno));
  if (!may_be_replaced(place.path, place.kind))
    refuse(ErrorKind::resource, "it exists and is no " + place.kind.name,
           "another name, or remove the file");
}

PendingFile::PendingFile(const OutputPlace& place,
                         const std::function<void(const std::string& beside)>& write)
    : path((check_place(place), place.path)), beside(path + ".partial"), lock(path) {
  remove_quietly(beside); // whatever it links to stays as it is
  try {
    write(beside);
    File{beside, File::Mode::append}.sync();
  } catch (const Error& e) {
    remove_quietly(beside);
    throw Error{e.kind, e.what_is_wrong, path, e.allowed, e.suggestion};
  } catch (...) {
    remove_quietly(beside);
    throw;
  }
}

PendingFile::~PendingFile() {
  if (pending) remove_quietly(beside);
}

void PendingFile::name() {
  rename_durably(beside, path);
  pending = false;
}

void write_output(const OutputPlace& place, std::string_view text) {
  write_outputs({{place, std::string{text}}});
}

void write_outputs(const std::vector<std::pair<OutputPlace, std::string>>& files) {
  std::vector<std::unique_ptr<PendingFile>> pending;
  for (const auto& file : files)
    pending.push_back(std::make_unique<PendingFile>(file.first, [&](const std::string& beside) {
      File{beside, File::Mode::create}.write(file.second.data(), file.second.size());
    }));
  for (const auto& file : pending)
    file->name();
}

} // namespace nearshore
