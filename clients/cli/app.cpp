#include "clients/cli/commands.hpp"
#include "messages/subjects.hpp"

#include <CLI/CLI.hpp>

namespace steward::cli {
namespace {

constexpr const char* main_footer = R"(
Examples:
  steward status                                   is everything well?
  steward ask "do you ship to Norway?"             ask as a customer would
  steward conversations list --waiting             who waits for a person?
  steward kb import help/                          teach it a folder of articles
  steward COMMAND --help                           more on each, with examples

Exit codes:
  0  done, and all is well
  1  done, and it found problems (broken articles, differences, a silent node)
  2  the command line or a local file is not right
  3  no answer: no NATS server, no engine, or not in time
  4  the engine refused

--json, --nats, --creds and --timeout work on every command.)";

std::string valid_tenant(std::string& s) {
  return subjects::is_name(s) ? "" : "a tenant is named by 1 to 40 of a-z, 0-9, - and _";
}

} // namespace

CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& what, const std::string& examples) {
  auto command = parent.add_subcommand(name, what);
  if (!examples.empty())
    command->footer("\nExamples:\n" + examples + "\n\n--json and --nats URL work here too: steward --help");
  return command;
}

void add_tenant_option(CLI::App* command, std::string& into) {
  into = "demo";
  command->add_option("--tenant,-t", into, "The company ($STEWARD_TENANT, or demo)")
      ->envname("STEWARD_TENANT")
      ->type_name("NAME")
      ->check(CLI::Validator(valid_tenant, ""));
}

void add_any_tenant_option(CLI::App* command, std::string& into) {
  command->add_option("--tenant,-t", into, "Only this company")
      ->type_name("NAME")
      ->check(CLI::Validator(valid_tenant, ""));
}

std::unique_ptr<CLI::App> make_app(context& c) {
  auto app = std::make_unique<CLI::App>("Runs Steward: what it does now, what it knows, and who waits for a person.",
                                        "steward");
  app->set_version_flag("--version", STEWARD_VERSION);
  app->footer(main_footer);
  app->require_subcommand(1);
  app->fallthrough(); // inherited: `steward status --json` finds the option here
  app->get_formatter()->column_width(28);
  c.nats = "nats://127.0.0.1:4222";
  app->add_option("--nats", c.nats, "NATS server ($NATS_URL, or nats://127.0.0.1:4222)")
      ->envname("NATS_URL")
      ->type_name("URL");
  app->add_option("--creds", c.creds, "NATS credentials file ($NATS_CREDS)")->envname("NATS_CREDS")->type_name("FILE");
  app->add_option("--timeout", c.timeout_s, "How long to wait for an answer")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.05, 86400.0).description(""));
  app->add_flag("--json", c.json, "One JSON document for programs; one per line where lines keep coming");

  add_status_commands(*app, c);
  add_ask_command(*app, c);
  add_conversation_commands(*app, c);
  add_kb_commands(*app, c);
  add_tenant_commands(*app, c);
  add_actor_commands(*app, c);
  add_node_commands(*app, c);
  add_dead_letter_commands(*app, c);
  add_event_commands(*app, c);
  add_verify_command(*app, c);
  add_completion_command(*app, c);
  return app;
}

} // namespace steward::cli
