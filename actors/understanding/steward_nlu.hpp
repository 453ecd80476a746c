// The commands of the program steward-nlu, a file each. Every add_ function adds its subcommand to the command line;
// when it was chosen and has run, `exit_code` is what the process ends with: 0 done, 1 done and problems found,
// 2 wrong use or a file that cannot be read.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "messages/result.hpp"

#include <filesystem>

namespace CLI {
class App;
}

namespace steward {

void add_nlu_evaluate(CLI::App& app, int& exit_code);
void add_nlu_analyze(CLI::App& app, int& exit_code);
void add_nlu_test(CLI::App& app, int& exit_code);
void add_nlu_suggest(CLI::App& app, int& exit_code);

/// Where scripts/setup puts what it fetched; models lie in `models` below it.
std::filesystem::path cache_folder();

/// What a tenant's folder says; its problems, with file and line, when there are any.
result<tenant_config> tenant_in(const std::filesystem::path& folder);

/// Tells why nothing came of it, and is `code`: a line on the error output or, for programs, `{"error": {"code",
/// "message"}}` on the output, as every command of `steward` does.
int nlu_failed(const failure& why, bool json, int code);

} // namespace steward
