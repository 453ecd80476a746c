// The command line as groups of commands describe it. CLI11 stays behind command_line.cpp: it costs ten seconds of
// compiling per file that sees it.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace steward::cli {

struct context;

/// A command of the tree, or the program itself. A handle: copies name the same command. What options write into must
/// live until the command has run.
class command {
public:
  using action = std::function<int(context&)>;

  /// A command below this one, with a sentence and its examples (lines of "  steward …").
  command add(const std::string& name, const std::string& what, const std::string& examples);
  /// Like add, for one that needs a command below it.
  command group(const std::string& name, const std::string& what, const std::string& examples);
  command& alias(const std::string& name);

  // `names` is "--limit,-n"; `value` names the value in help.
  command& flag(const std::string& names, bool& into, const std::string& what);
  command& option(const std::string& names, std::string& into, const std::string& value, const std::string& what);
  command& option(const std::string& names, uint64_t& into, const std::string& value, const std::string& what,
                  uint64_t least = 0, uint64_t most = UINT32_MAX);
  command& option(const std::string& names, uint32_t& into, const std::string& value, const std::string& what,
                  uint32_t least = 0, uint32_t most = UINT32_MAX);
  command& seconds(const std::string& names, double& into, const std::string& what);
  /// Of the option added last: taken from this environment variable when the command line does not say.
  command& from_environment(const char* variable);
  /// At most one of these flags.
  command& one_of(const std::vector<std::string>& flags);
  /// --tenant: $STEWARD_TENANT or demo; for listings all, unless named.
  command& tenant(std::string& into);
  command& any_tenant(std::string& into);

  // What stands without a dash, in this order.
  command& argument(const std::string& name, std::string& into, const std::string& what);
  command& argument(const std::string& name, uint64_t& into, const std::string& what);
  command& arguments(const std::string& name, std::vector<std::string>& into, const std::string& what);
  command& optional_argument(const std::string& name, std::string& into, const std::string& what);
  /// Unknown options and words are collected instead of refused.
  command& rest(std::vector<std::string>& into);

  /// What the command does; its result is the exit code.
  void run(context&, action);
  /// Of a group: what it does without a command below it.
  void run_alone(context&, action);

  // For completion.
  struct option_info {
    std::vector<std::string> names; // with their dashes
    std::string what;
    bool takes_value = false;
  };
  std::string name() const;
  std::string what() const;
  std::vector<command> children() const;
  std::vector<option_info> options() const;

private:
  friend class command_line;
  explicit command(CLI::App* a)
      : app_(a) {}
  CLI::App* app_;
};

class command_line {
public:
  command_line(const std::string& name, const std::string& what, const std::string& footer, const std::string& version);
  command_line(command_line&&) noexcept;
  ~command_line();
  command root() const;
  /// -1: a command was chosen and its action set. Otherwise the exit code: help was printed, or what is wrong.
  int parse(int argc, const char* const* argv);

private:
  std::unique_ptr<CLI::App> app_;
};

} // namespace steward::cli
