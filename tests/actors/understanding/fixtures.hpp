// Folders and models for the tests of this room.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace steward::test {

// Deleted with all it holds at the end of the scope.
struct temporary_folder {
  temporary_folder() {
    auto name = (std::filesystem::temp_directory_path() / "steward-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path = name;
  }
  temporary_folder(const temporary_folder&) = delete;
  ~temporary_folder() {
    std::error_code none;
    std::filesystem::remove_all(path, none);
  }
  std::filesystem::path path;
};

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline std::filesystem::path golden(const char* name) {
  return std::filesystem::path(STEWARD_SOURCE_DIR) / "tests" / "golden" / name;
}

// Where scripts/setup puts the models; the folder may be absent.
inline std::filesystem::path model_folder(const std::string& name) {
  if (const char* cache = std::getenv("STEWARD_CACHE")) return std::filesystem::path(cache) / "models" / name;
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : "/root") / ".cache" / "steward" / "models" / name;
}

} // namespace steward::test
