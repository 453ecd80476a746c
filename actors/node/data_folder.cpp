#include "actors/node/data_folder.hpp"

#include "actors/defaults.hpp"
#include "actors/log.hpp"

#include <filesystem>
#include <fstream>
#include <random>

namespace steward {
namespace fs = std::filesystem;
namespace {

result<node_id> node_name(const fs::path& folder) {
  auto file = folder / "node";
  std::string name;
  if (std::ifstream in(file); in >> name && subjects::is_name(name)) return node_id{name};
  std::random_device random;
  name = "n" + hash_name({std::to_string(random()), std::to_string(random()), std::to_string(now_ms())}).substr(0, 8);
  std::ofstream out(file);
  out << name << "\n";
  if (!out.flush()) return {errc::unavailable, "cannot write to the data folder " + folder.string()};
  return node_id{name};
}

} // namespace

result<data_folder> open_data_folder(const std::string& path, std::function<bool()> hurry,
                                     std::function<void(const failure&)> gives_up) {
  fs::path folder = path;
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec) return {errc::unavailable, "cannot make the data folder " + path + ": " + ec.message()};
  store_patience patience;
  patience.most = defaults::store_patience;
  patience.waits = [](const failure& f) { log::error("store waits for its disk", {{"why", f.message}}); };
  patience.goes_on = [] { log::info("store goes on"); };
  patience.hurry = std::move(hurry);
  patience.gives_up = std::move(gives_up);
  auto db = open_rocks_store((folder / "state").string(), std::move(patience));
  if (!db) return db.error();
  auto name = node_name(folder);
  if (!name) return name.error();
  return data_folder{*name, std::move(db->it), std::move(db->notice)};
}

} // namespace steward
