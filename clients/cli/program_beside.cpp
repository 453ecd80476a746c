#include "clients/cli/program_beside.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <unistd.h>

namespace steward::cli {

int become(context& c, const std::string& program, std::vector<std::string> arguments) {
  std::error_code e;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", e);
  auto path = (self.parent_path() / program).string();
  if (c.json) arguments.push_back("--json");
  std::vector<char*> argv{path.data()};
  for (auto& a : arguments) argv.push_back(a.data());
  argv.push_back(nullptr);
  execv(path.c_str(), argv.data());
  return usage(c, "cannot run " + path + ": " + std::strerror(errno));
}

} // namespace steward::cli
