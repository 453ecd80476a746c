// The tree of commands.
#include "clients/cli/commands.hpp"

namespace steward::cli {

constexpr const char* footer =
    R"(Examples:
  steward status                           is everything well?
  steward ask "do you ship to Norway?"     ask as a customer would
  steward conversations list --waiting     who waits for a person?
  steward kb import help/                  teach it a folder of articles
  steward COMMAND --help                   more on each, with examples

Exit codes:
  0  done, and all is well
  1  done, and it found problems (broken articles, differences, a silent node)
  2  the command line or a local file is not right
  3  no answer: no NATS server, no engine, or not in time
  4  the engine refused)";

command_line make_command_line(context& c) {
  command_line line("steward", "Runs Steward: what it does now, what it knows, and who waits for a person.", footer,
                    STEWARD_VERSION);
  auto root = line.root();
  c.nats = "nats://127.0.0.1:4222";
  root.option("--nats", c.nats, "URL", "The NATS server ($NATS_URL, or nats://127.0.0.1:4222)")
      .from_environment("NATS_URL");
  root.option("--creds", c.creds, "FILE",
              "NATS credentials ($STEWARD_CREDS; for a server that Steward started on this machine they are found)")
      .from_environment("STEWARD_CREDS");
  root.seconds("--timeout", c.timeout_s, "How long to wait for an answer");
  root.flag("--json", c.json, "One JSON document, for programs; one per line where lines keep coming");

  add_status_commands(root, c);
  add_ask_command(root, c);
  add_conversation_commands(root, c);
  add_seat_commands(root, c);
  add_report_command(root, c);
  add_kb_commands(root, c);
  add_nlu_commands(root, c);
  add_simulate_command(root, c);
  add_tenant_commands(root, c);
  add_actor_commands(root, c);
  add_node_commands(root, c);
  add_dead_letter_commands(root, c);
  add_event_commands(root, c);
  add_verify_command(root, c);
  add_user_commands(root, c);
  add_audit_command(root, c);
  add_completion_command(root, c);
  return line;
}

} // namespace steward::cli
