// Runs a program and takes what it prints, for tests.
#pragma once
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace steward::test {

struct ended {
  int code = -1; // of the exit; -1: a signal, or it had to be killed
  std::string output, errors;
};

/// One that runs. Killed by the destructor, and by wait() when it has not ended after 30 s.
class program {
public:
  program(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& environment = {});
  program(const program&) = delete;
  ~program();
  void type(const std::string&); // to its input
  void close_input();
  /// Reads until the output holds this; false when it ended or 10 s passed before.
  bool prints(const std::string&);
  void interrupt(); // SIGINT
  ended wait();

private:
  bool read_some(std::chrono::milliseconds limit); // false: both outputs are at their end
  int pid_ = -1, in_ = -1, out_ = -1, err_ = -1;
  ended result_;
};

ended run_command(const std::vector<std::string>& arguments, const std::string& input = {},
                  const std::map<std::string, std::string>& environment = {});

} // namespace steward::test
