#include "clients/cli/command_line.hpp"
#include "clients/cli/context.hpp"
#include "messages/subjects.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

namespace steward::cli {
namespace {

// Help without CLI11's remarks in brackets: the sentences say what matters.
struct plain_formatter : CLI::Formatter {
  std::string make_option_opts(const CLI::Option* o) const override {
    if (o->get_positional()) return o->get_expected_max() > 1 ? " ..." : "";
    return o->get_type_size() == 0 ? "" : " " + o->get_type_name();
  }
};

std::string tenant_problem(std::string& s) {
  return subjects::is_name(s) ? "" : "a company is named by 1 to 40 of a-z, 0-9, - and _";
}

CLI::Option* last(CLI::App* app) {
  auto all = app->get_options();
  return all.back();
}

template <class T>
void add_number(CLI::App* app, const std::string& names, T& into, const std::string& value, const std::string& what,
                T least, T most) {
  app->add_option(names, into, what)->type_name(value)->check(CLI::Range(least, most).description(""));
}

} // namespace

command command::add(const std::string& name, const std::string& what, const std::string& examples) {
  auto sub = app_->add_subcommand(name, what);
  sub->footer("Examples:\n" + examples + "\n\n--json, --nats and the other options of `steward --help` work here too.");
  return command(sub);
}

command command::group(const std::string& name, const std::string& what, const std::string& examples) {
  auto sub = add(name, what, examples);
  sub.app_->require_subcommand(1);
  return sub;
}

command& command::alias(const std::string& name) { return app_->alias(name), *this; }

command& command::flag(const std::string& names, bool& into, const std::string& what) {
  return app_->add_flag(names, into, what), *this;
}

command& command::option(const std::string& names, std::string& into, const std::string& value,
                         const std::string& what) {
  return app_->add_option(names, into, what)->type_name(value), *this;
}

command& command::option(const std::string& names, uint64_t& into, const std::string& value, const std::string& what,
                         uint64_t least, uint64_t most) {
  return add_number(app_, names, into, value, what, least, most), *this;
}

command& command::option(const std::string& names, uint32_t& into, const std::string& value, const std::string& what,
                         uint32_t least, uint32_t most) {
  return add_number(app_, names, into, value, what, least, most), *this;
}

command& command::seconds(const std::string& names, double& into, const std::string& what) {
  return add_number(app_, names, into, "SECONDS", what, 0.05, 86400.0), *this;
}

command& command::from_environment(const char* variable) { return last(app_)->envname(variable), *this; }

command& command::one_of(const std::vector<std::string>& flags) {
  for (auto& a : flags)
    for (auto& b : flags)
      if (a != b) app_->get_option(a)->excludes(app_->get_option(b));
  return *this;
}

command& command::tenant(std::string& into) {
  into = "demo";
  option("--tenant,-t", into, "NAME", "The company ($STEWARD_TENANT, or demo)").from_environment("STEWARD_TENANT");
  return last(app_)->check(CLI::Validator(tenant_problem, "")), *this;
}

command& command::any_tenant(std::string& into) {
  option("--tenant,-t", into, "NAME", "Only this company");
  return last(app_)->check(CLI::Validator(tenant_problem, "")), *this;
}

command& command::argument(const std::string& name, std::string& into, const std::string& what) {
  return app_->add_option(name, into, what)->required(), *this;
}

command& command::argument(const std::string& name, uint64_t& into, const std::string& what) {
  return app_->add_option(name, into, what)->required(), *this;
}

command& command::arguments(const std::string& name, std::vector<std::string>& into, const std::string& what) {
  return app_->add_option(name, into, what)->required(), *this;
}

command& command::optional_argument(const std::string& name, std::string& into, const std::string& what) {
  return app_->add_option(name, into, what), *this;
}

command& command::rest(std::vector<std::string>& into) {
  // Without fallthrough(false) the parents see what is left first, and refuse it.
  app_->allow_extras()->fallthrough(false);
  app_->parse_complete_callback([app = app_, &into] { into = app->remaining(); });
  return *this;
}

void command::run(context& c, action a) {
  app_->callback([&c, a = std::move(a)] { c.action = a; });
}

void command::run_alone(context& c, action a) {
  app_->require_subcommand(0, 1);
  app_->callback([app = app_, &c, a = std::move(a)] {
    if (app->get_subcommands().empty()) c.action = a;
  });
}

std::string command::name() const { return app_->get_name(); }
std::string command::what() const { return app_->get_description(); }

std::vector<command> command::children() const {
  std::vector<command> out;
  for (auto sub : app_->get_subcommands({})) out.push_back(command(sub));
  return out;
}

std::vector<command::option_info> command::options() const {
  std::vector<option_info> out;
  for (auto o : app_->get_options()) {
    if (o->get_positional()) continue;
    option_info x{{}, o->get_description(), o->get_items_expected_max() > 0};
    for (auto& n : o->get_lnames()) x.names.push_back("--" + n);
    for (auto& n : o->get_snames()) x.names.push_back("-" + n);
    out.push_back(std::move(x));
  }
  return out;
}

command_line::command_line(const std::string& name, const std::string& what, const std::string& footer,
                           const std::string& version)
    : app_(std::make_unique<CLI::App>(what, name)) {
  app_->formatter(std::make_shared<plain_formatter>());
  app_->get_formatter()->column_width(28);
  app_->set_help_flag("--help,-h", "Says this");
  app_->set_version_flag("--version", version, "Says the version");
  app_->footer(footer);
  app_->require_subcommand(1);
  app_->fallthrough(); // inherited: `steward status --json` finds the option here
}

command_line::command_line(command_line&&) noexcept = default;
command_line::~command_line() = default;
command command_line::root() const { return command(app_.get()); }

int command_line::parse(int argc, const char* const* argv) {
  try {
    app_->parse(argc, argv);
    return -1;
  } catch (const CLI::RequiredError& e) {
    // A group without a command below it: what there is says more than "a subcommand is required".
    auto app = app_.get();
    while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
    if (app->get_require_subcommand_min() == 0) return app_->exit(e), exit_usage;
    auto words = app->remaining();
    auto word = std::find_if(words.begin(), words.end(), [](auto& w) { return w.empty() || w[0] != '-'; });
    if (word == words.end()) return std::cerr << app->help(), exit_usage;
    std::cerr << "steward: there is no command '" << one_line(*word) << "' here. There are:\n ";
    for (auto sub : app->get_subcommands({})) std::cerr << " " << sub->get_name();
    std::cerr << "\n";
    return exit_usage;
  } catch (const CLI::ParseError& e) {
    return app_->exit(e) == 0 ? exit_ok : exit_usage; // help and version are no errors
  }
}

} // namespace steward::cli
