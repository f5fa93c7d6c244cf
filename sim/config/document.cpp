#include "sim/config/layers.hpp"

#include "policy/text.hpp"
#include "sim/config/node.hpp"
#include "sim/config/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

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

/// A text with all that it extends, laid on `under`.
ConfigNode resolve(std::string_view text, const std::string& file, std::vector<fs::path>& open,
                   ConfigNode under = {});

ConfigNode resolve_file(const std::string& file, std::vector<fs::path>& open,
                        const std::string& asked_at) {
  std::error_code failed;
  const auto itself = fs::weakly_canonical(file, failed);
  if (std::find(open.begin(), open.end(), itself) != open.end())
    throw Error(ErrorKind::input,
                fmt::format("'{}' extends itself, by way of others or directly", file), asked_at);
  if (!asked_at.empty() && !fs::exists(file, failed))
    throw Error(ErrorKind::input,
                failed ? fmt::format("'{}' cannot be read: {}", file, failed.message())
                       : fmt::format("'{}' does not exist", file),
                asked_at, "a path relative to the file that extends");
  open.push_back(itself);
  auto node = resolve(text_of(file), file, open);
  open.pop_back();
  return node;
}

ConfigNode resolve(std::string_view text, const std::string& file, std::vector<fs::path>& open,
                   ConfigNode under) {
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
    for (const auto* entry : bases) {
      const auto* relative = std::get_if<std::string>(&entry->value);
      if (!relative || relative->empty())
        throw Error(ErrorKind::input,
                    relative ? "'extends' is an empty text"
                             : fmt::format("'extends' is {}", entry->kind()),
                    entry->where, "a file name or a list of file names");
      const auto path = (fs::path(file).parent_path() / *relative).lexically_normal().string();
      merge_tables(base, resolve_file(path, open, entry->where));
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
  std::vector<fs::path> open;
  auto root = resolve_file(path, open, "");
  for (const auto& layer : over)
    root = resolve(layer.text, layer.name, open, std::move(root));
  return finish_loading(std::move(root), set_overrides);
}

Document parse_document(std::string_view text, const std::string& name,
                        std::span<const std::string> set_overrides) {
  std::vector<fs::path> open;
  return finish_loading(resolve(text, name, open), set_overrides);
}

void Document::finish() const {
  finish_below(*top);
}

std::string Document::resolved(bool sources, std::span<const std::string> left_out) const {
  return toml_text(*top, sources, left_out);
}

} // namespace nearshore
