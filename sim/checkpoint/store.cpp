#include "sim/checkpoint/store.hpp"

#include "sim/checkpoint/damaged.hpp"

namespace nearshore {

CheckpointFiles CheckpointFiles::of_checkpoint(const std::string& path) {
  for (const std::string ending : {".checkpoint", ".checkpoint.previous"})
    if (path.size() > ending.size() &&
        path.compare(path.size() - ending.size(), ending.size(), ending) == 0)
      return {path.substr(0, path.size() - ending.size())};
  throw Error{ErrorKind::input, "'" + path + "' is no name of a checkpoint", "--from",
              "FILE.checkpoint or FILE.checkpoint.previous, beside FILE.records"};
}

void CheckpointFiles::remove() const noexcept {
  // The records last: a checkpoint without them would be damaged.
  for (const auto& path : {unfinished(), previous(), present(), records()})
    remove_quietly(path);
}

void write_checkpoint(const CheckpointFiles& files, CheckpointHeader header,
                      const Simulation* simulation) {
  header.has_state = simulation != nullptr;
  header.finished = simulation == nullptr || simulation->finished();
  try {
    SectionWriter file{files.unfinished()};
    write_header(file, header);
    if (header.has_state) simulation->save(file);
    file.finish();
  } catch (...) {
    remove_quietly(files.unfinished());
    throw;
  }
  if (exists(files.present())) rename_durably(files.present(), files.previous());
  rename_durably(files.unfinished(), files.present());
}

FoundCheckpoint open_checkpoint(const std::string& path, const std::string& records) {
  SectionReader::verify(path);
  FoundCheckpoint found{path, {}, std::make_unique<SectionReader>(path)};
  found.header = read_header(*found.state);
  verify_records(records, found.header.log);
  return found;
}

void require_nothing_to_lose(const CheckpointFiles& files) {
  for (const auto& path : {files.present(), files.previous()}) {
    if (!exists(path)) continue;
    try {
      SectionReader file{path};
      if (read_header(file).finished) return;
    } catch (const DamagedFile&) { // whoever may mend it decides
    }
    throw Error{ErrorKind::input, "a run that is not finished left this checkpoint", path,
                "--resume to go on from it, another name (--output), or none: remove " +
                    files.stem + ".checkpoint* and " + files.records() + " to start anew"};
  }
}

std::optional<FoundCheckpoint> find_checkpoint(const CheckpointFiles& files, const Say& say) {
  std::string damage;
  for (const auto& path : {files.present(), files.unfinished(), files.previous()}) {
    if (!exists(path)) continue;
    try {
      auto found = open_checkpoint(path, files.records());
      if (path != files.present())
        say(damage.empty()
                ? "there is no " + files.present() + ": going on from " + path
                : damage + "; going on from the " +
                      (path == files.previous() ? "previous" : "next") + " one, " + path);
      return found;
    } catch (const DamagedFile& e) {
      if (path == files.unfinished()) continue; // it may be
      damage += (damage.empty() ? "" : "; ") + e.where + ": " + e.what_is_wrong;
    }
  }
  if (damage.empty()) return std::nullopt;
  throw Error{ErrorKind::input, "no checkpoint is whole: " + damage, files.stem,
              "a checkpoint that is whole; to start anew, remove " + files.stem +
                  ".checkpoint* and " + files.records()};
}

void make_present(const CheckpointFiles& files, const FoundCheckpoint& found) {
  if (found.path != files.present()) rename_durably(found.path, files.present());
}

} // namespace nearshore
