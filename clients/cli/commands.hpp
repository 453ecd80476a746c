// The program's commands, one function per group; each adds its part to the tree of CLI11 and sets context::action when
// it is chosen. What all share is in context.hpp.
#pragma once
#include "clients/cli/context.hpp"

#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace steward::cli {

void add_status_commands(CLI::App&, context&);       // status, nodes
void add_actor_commands(CLI::App&, context&);        // actors, restart
void add_conversation_commands(CLI::App&, context&); // conversations list, show, tail, reply, close, replay
void add_tail_command(CLI::App& conversations, context&);
void add_ask_command(CLI::App&, context&);
void add_kb_commands(CLI::App&, context&); // kb import, search, eval
void add_kb_import(CLI::App& kb, context&);
void add_tenant_commands(CLI::App&, context&);      // tenant check, push, list, rollback
void add_node_commands(CLI::App&, context&);        // drain, undrain
void add_dead_letter_commands(CLI::App&, context&); // dead-letters list, show, retry, drop
void add_event_commands(CLI::App&, context&);       // events tail
void add_verify_command(CLI::App&, context&);
void add_completion_command(CLI::App&, context&);

/// The whole tree. `context` must outlive it.
std::unique_ptr<CLI::App> make_app(context&);

// Helpers for the groups, in app.cpp.

/// A command with its sentence and its examples (one per line).
CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& what, const std::string& examples);
/// --tenant, by default $STEWARD_TENANT or demo.
void add_tenant_option(CLI::App*, std::string& into);
/// --tenant for listings, by default all.
void add_any_tenant_option(CLI::App*, std::string& into);

} // namespace steward::cli
