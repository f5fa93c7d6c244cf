#pragma once
// A world of two regions and two sectors in a temporary folder, small enough to be checked by hand.
#include "sim/config/paths.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace nearshore::test {

/// Files of the small world, by name; a test may change one before it writes them.
inline std::map<std::string, std::string> small_world_files() {
  return {
      {"regions.csv", "code,name,splits_processing,hourly_wage_usd,source,estimate\n"
                      "A,Alpha,no,20,X,yes\n"
                      "B,Beta,yes,5,X,yes\n"},
      {"sectors.csv", "code,name,is_goods,energy_cost_share,labour_share,source,estimate\n"
                      "g,Goods,yes,0.05,0.6,X,yes\n"
                      "v,Services,no,0.02,0.6,X,yes\n"},
      {"groups.csv",
       "dimension,group,member\nsector,total,g\nsector,total,v\nregion,bloc,A\nregion,bloc,B\n"},
      // A.g uses: A 40 + 30, B processing 20, B final 10 = 100, exports 30. B.g: B domestic 50,
      // processing 60.
      {"producers.csv",
       "region,type,sector,gross_output_musd,value_added_musd,exports_musd,source,estimate\n"
       "A,domestic,g,100,50,30,X,yes\n"
       "A,domestic,v,200,190,0,X,yes\n"
       "B,domestic,g,50,40,0,X,yes\n"
       "B,processing,g,60,30,60,X,yes\n"
       "B,domestic,v,80,80,0,X,yes\n"},
      {"inputs.csv", "region,type,sector,input_sector,origin,value_musd,source\n"
                     "A,domestic,g,g,A,40,X\n"
                     "A,domestic,g,g,B,10,X\n"
                     "A,domestic,v,g,B,10,X\n"
                     "B,domestic,g,g,B,10,X\n"
                     "B,processing,g,g,A,20,X\n"
                     "B,processing,g,v,B,10,X\n"},
      {"final_demand.csv", "destination,sector,origin,value_musd,source\n"
                           "A,g,A,30,X\n"
                           "A,g,B,40,X\n"
                           "A,v,A,200,X\n"
                           "B,g,A,10,X\n"
                           "B,g,B,40,X\n"
                           "B,v,B,70,X\n"},
  };
}

/// A folder that is removed with the object.
class TemporaryFolder {
public:
  explicit TemporaryFolder(const std::string& name)
      : path(std::filesystem::temp_directory_path() /
             (name + "-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)))) {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path); }

  void write(const std::map<std::string, std::string>& files) const {
    for (const auto& [name, text] : files)
      std::ofstream{path / name} << text;
  }
  [[nodiscard]] std::string text() const { return path.string(); }

  std::filesystem::path path;
};

/// A path of the project, from any working folder.
inline std::string committed(const std::string& path) {
  return (std::filesystem::path{project_root()} / path).string();
}

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream in{path};
  return {std::istreambuf_iterator<char>{in}, {}};
}

} // namespace nearshore::test
