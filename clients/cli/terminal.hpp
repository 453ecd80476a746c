// What the program's own terminal is and wants.
#pragma once
#include <string_view>

namespace steward::cli {

bool is_terminal(int fd);         // 0 in, 1 out, 2 errors
bool use_colours(int fd);         // a terminal, and the environment does not say NO_COLOR
size_t terminal_width();          // of the output; 0 when it is no terminal: nothing is cut then
void put(std::string_view);       // to the output; what cannot be written (a closed pipe) ends the program
void put_error(std::string_view); // to the error output

/// From now on Ctrl-C and SIGTERM are noted instead of ending the program.
void catch_interrupts();
bool interrupted();

} // namespace steward::cli
