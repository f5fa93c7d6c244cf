#include "sim/config/layers.hpp"

#include "policy/one_line.hpp"
#include "policy/text.hpp"
#include "sim/config/node.hpp"
#include "sim/config/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

/// The text of a file; where there is none, the error names the one that may have been meant.
std::string text_of(const std::string& file) {
  try {
    return read_text_file(file);
  } catch (const Error& e) {
    std::error_code failed;
    if (fs::exists(file, failed) || failed) throw;
    throw Error(e.kind, e.what_is_wrong, e.where, e.allowed, nearest_input(file));
  }
}

/// Files that are being read, the one that is extended last, and those that were read: each is read
/// once, however many extend it.
struct Files {
  std::vector<fs::path> open;
  std::map<fs::path, ConfigNode> read;
};
constexpr std::size_t kMostOpen = 64; // each is one deeper on the stack

/// A text with all that it extends, laid on `under`.
ConfigNode resolve(std::string_view text, const std::string& file, Files& files,
                   ConfigNode under = {});

ConfigNode resolve_file(const std::string& file, Files& files, const std::string& asked_at) {
  std::error_code failed;
  const auto itself = fs::weakly_canonical(file, failed);
  if (const auto before = files.read.find(itself); before != files.read.end())
    return before->second;
  auto& open = files.open;
  if (std::find(open.begin(), open.end(), itself) != open.end())
    throw Error(ErrorKind::input,
                fmt::format("'{}' extends itself, by way of others or directly", file), asked_at);
  if (!asked_at.empty() && !fs::exists(file, failed))
    throw Error(ErrorKind::input,
                failed ? fmt::format("'{}' cannot be read: {}", file, failed.message())
                       : fmt::format("'{}' does not exist", file),
                asked_at, "a path relative to the file that extends");
  if (open.size() >= kMostOpen)
    throw Error(
        ErrorKind::input,
        fmt::format("'{}' is the {}th file that extends another in turn", file, kMostOpen + 1),
        asked_at, fmt::format("at most {}", kMostOpen));
  open.push_back(itself);
  auto node = resolve(text_of(file), file, files);
  open.pop_back();
  files.read.emplace(itself, node);
  return node;
}

void refuse_twice(const std::vector<const ConfigNode*>& bases) {
  std::set<std::string> names;
  for (const auto* entry : bases)
    if (const auto* name = std::get_if<std::string>(&entry->value);
        name && !names.insert(fs::path(*name).lexically_normal().string()).second)
      throw Error(ErrorKind::input, fmt::format("'{}' is extended twice", *name), entry->where,
                  "each file once");
}

ConfigNode resolve(std::string_view text, const std::string& file, Files& files, ConfigNode under) {
  auto over = parse_toml(text, file);
  check_names(over);
  ConfigNode base = std::move(under);
  if (base.where.empty()) base.where = over.where;
  if (const auto* extends = over.table()->find("extends")) {
    std::vector<const ConfigNode*> bases;
    if (const auto* list = extends->array())
      for (const auto& element : list->elements)
        bases.push_back(&element);
    else
      bases.push_back(extends);
    refuse_twice(bases);
    for (const auto* entry : bases) {
      const auto* relative = std::get_if<std::string>(&entry->value);
      if (!relative || relative->empty())
        throw Error(ErrorKind::input,
                    relative ? "'extends' is an empty text"
                             : fmt::format("'extends' is {}", entry->kind()),
                    entry->where, "a file name or a list of file names");
      if (has_control_character(*relative))
        throw Error(ErrorKind::input, fmt::format("a control character in '{}'", *relative),
                    entry->where, "a file name without");
      const auto path = (fs::path(file).parent_path() / *relative).lexically_normal().string();
      merge_tables(base, resolve_file(path, files, entry->where));
    }
    over.table()->erase("extends");
  }
  merge_tables(base, std::move(over));
  return base;
}

Document finish_loading(ConfigNode root, std::span<const std::string> set_overrides) {
  for (const auto& setting : set_overrides)
    apply_override(root, setting);
  name_paths(root, "");
  return Document(std::make_shared<const ConfigNode>(std::move(root)));
}

void finish_below(const ConfigNode& node) {
  if (const auto* t = node.table()) {
    TableView{&node}.finish();
    for (const auto& entry : t->entries)
      finish_below(entry.second);
  }
  if (const auto* a = node.array())
    for (const auto& element : a->elements)
      finish_below(element);
}

} // namespace

Document load_document(const std::string& path, std::span<const std::string> set_overrides) {
  return load_document(path, set_overrides, {});
}

Document load_document(const std::string& path, std::span<const std::string> set_overrides,
                       std::span<const Layer> over) {
  Files files;
  auto root = resolve_file(path, files, "");
  for (const auto& layer : over)
    root = resolve(layer.text, layer.name, files, std::move(root));
  return finish_loading(std::move(root), set_overrides);
}

Document parse_document(std::string_view text, const std::string& name,
                        std::span<const std::string> set_overrides) {
  Files files;
  return finish_loading(resolve(text, name, files), set_overrides);
}

void Document::finish() const {
  finish_below(*top);
}

std::string Document::resolved(bool sources, std::span<const std::string> left_out) const {
  return toml_text(*top, sources, left_out);
}

} // namespace nearshore
