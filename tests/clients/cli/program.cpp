#include "tests/clients/cli/program.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace steward::test {
namespace {

using clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

void close_one(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

// One read; closes at the end of the stream.
void take(int& fd, std::string& into) {
  char buffer[65536];
  auto n = ::read(fd, buffer, sizeof buffer);
  if (n > 0)
    into.append(buffer, static_cast<size_t>(n));
  else if (n == 0 || errno != EINTR)
    close_one(fd);
}

} // namespace

program::program(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& environment) {
  std::signal(SIGPIPE, SIG_IGN);
  int in[2], out[2], err[2];
  if (::pipe2(in, O_CLOEXEC) || ::pipe2(out, O_CLOEXEC) || ::pipe2(err, O_CLOEXEC)) std::abort();
  std::vector<char*> argv;
  for (auto& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
  argv.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(in[0], 0), ::dup2(out[1], 1), ::dup2(err[1], 2);
    for (auto name : {"NATS_URL", "STEWARD_TENANT", "STEWARD_CREDS", "NO_COLOR"}) ::unsetenv(name);
    for (auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(in[0]), ::close(out[1]), ::close(err[1]);
  in_ = in[1], out_ = out[0], err_ = err[0];
}

program::~program() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  close_one(in_), close_one(out_), close_one(err_);
}

void program::type(const std::string& s) {
  if (::write(in_, s.data(), s.size()) < 0) close_one(in_);
}

void program::close_input() { close_one(in_); }

bool program::read_some(milliseconds limit) {
  pollfd fds[2] = {{out_, POLLIN, 0}, {err_, POLLIN, 0}}; // closed ones are -1: ignored
  if (out_ < 0 && err_ < 0) return false;
  if (::poll(fds, 2, static_cast<int>(limit.count())) > 0) {
    if (fds[0].revents) take(out_, result_.output);
    if (fds[1].revents) take(err_, result_.errors);
  }
  return true;
}

bool program::prints(const std::string& s) {
  auto end = clock::now() + milliseconds(10000);
  while (result_.output.find(s) == std::string::npos)
    if (clock::now() > end || !read_some(milliseconds(100))) return false;
  return true;
}

void program::interrupt() { ::kill(pid_, SIGINT); }

ended program::wait() {
  close_input();
  auto end = clock::now() + milliseconds(30000);
  while (clock::now() < end && read_some(milliseconds(100))) {
  }
  if (clock::now() >= end) ::kill(pid_, SIGKILL);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  if (WIFEXITED(status)) result_.code = WEXITSTATUS(status);
  return result_;
}

ended run_command(const std::vector<std::string>& arguments, const std::string& input,
                  const std::map<std::string, std::string>& environment) {
  program p(arguments, environment);
  if (!input.empty()) p.type(input);
  return p.wait();
}

} // namespace steward::test
