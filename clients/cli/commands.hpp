// The program's commands, one function per group; each adds its part to the tree and says what it does. What all share
// is in context.hpp.
#pragma once
#include "clients/cli/command_line.hpp"
#include "clients/cli/context.hpp"

#include <memory>
#include <string>

namespace steward::cli {

void add_status_commands(command root, context&);       // status, nodes
void add_ask_command(command root, context&);           // ask
void add_conversation_commands(command root, context&); // conversations list, show, tail, reply, close, replay
void add_tail_command(command conversations, context&);
void add_seat_commands(command root, context&); // seat join, watch, list, take, say, note, pass, back, close, …
void add_seat_search(command seat, context&);
void add_kb_commands(command root, context&); // kb import, list, remove, search, eval
void add_kb_import(command kb, context&);
void add_nlu_commands(command root, context&); // nlu train, explain, evaluate, analyze
void add_nlu_train(command nlu, context&);
void add_nlu_explain(command nlu, context&);
void add_nlu_suggest(command nlu, context&);
void add_nlu_picks(command nlu, context&);
void add_simulate_command(command root, context&);     // simulate
void add_tenant_commands(command root, context&);      // tenant check, push, list, rollback
void add_forget_commands(command tenant, context&);    // tenant forget, forgotten
void add_actor_commands(command root, context&);       // actors, restart
void add_node_commands(command root, context&);        // drain, undrain
void add_dead_letter_commands(command root, context&); // dead-letters list, show, retry, drop
void add_event_commands(command root, context&);       // events tail
void add_report_command(command root, context&);       // report
void add_verify_command(command root, context&);       // verify
void add_user_commands(command root, context&);        // users add, list, revoke, init
void add_audit_command(command root, context&);        // audit
void add_completion_command(command root, context&);   // completion bash, zsh

/// The whole. `context` must outlive it.
command_line make_command_line(context&);

} // namespace steward::cli
