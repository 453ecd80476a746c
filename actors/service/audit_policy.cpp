#include "actors/service/audit_policy.hpp"

#include "messages/ops.hpp"
#include "messages/subjects.hpp"

namespace steward {
namespace {

constexpr size_t longest_text = 200;
constexpr int64_t lateness_ms = 3'600'000; // an outcome stands behind its action, and clocks of nodes differ
constexpr decode_limits push_limits{.bytes = 64 << 20, .items = 100'000, .depth = 16};

std::string shortened(const std::string& s) {
  auto n = std::min(s.size(), longest_text);
  while (n > 0 && n < s.size() && (static_cast<unsigned char>(s[n]) & 0xC0) == 0x80) --n;
  return s.substr(0, n);
}

std::string token(std::string_view subject, size_t which) {
  for (; which > 0; --which) subject.remove_prefix(std::min(subject.find('.'), subject.size() - 1) + 1);
  return std::string(subject.substr(0, subject.find('.')));
}

} // namespace

result<wanted_action> read_action(const std::string& subject, std::string_view payload, bool proved) {
  auto by = subjects::parse_by(subject);
  if (!by) return by.error();
  if (!subjects::is_action(by->subject))
    return {errc::unsupported, by->subject + " is no action: ask it without by." + by->user};
  wanted_action out;
  out.subject = by->subject, out.payload = payload;
  auto& l = out.line;
  l.user = by->user, l.proved = proved;
  l.action = by->subject.substr(by->subject.rfind('.') + 1);
  if (l.action == "tenant_push") {
    auto v = decode<tenant_version>(payload, push_limits);
    if (!v) return v.error();
    v->by = by->user, l.tenant = v->tenant;
    out.payload = encode(*v);
  } else if (l.action == "kb_import") {
    auto v = decode<kb_import_request>(payload, push_limits);
    if (!v) return v.error();
    l.tenant = v->tenant, l.on = shortened(v->path);
  } else {
    auto q = payload.empty() ? result<ops_request>(ops_request{}) : decode<ops_request>(payload);
    if (!q) return q.error();
    q->by = by->user;
    l.tenant = q->tenant, l.entity = q->entity, l.on = shortened(q->name);
    // Who was forgotten must not be named for a year; the receipt of that moment says how much it was.
    if (l.action == "forget") l.on = q->filter, l.entity = {};
    if (l.on.empty() && q->number) l.on = std::to_string(q->number);
    if (by->subject.starts_with("node.")) l.on = token(by->subject, 1) + (l.on.empty() ? "" : "/" + l.on);
    if (by->subject.starts_with("engine.")) l.on.clear(); // the number is a turn that was seen
    out.payload = encode(*q);
  }
  return out;
}

void read_outcome(std::string_view answer, audit_line& l) {
  // Answers that only succeed or fail say `ok`; others have an error or none.
  auto a = decode<ops_ack>(answer);
  if (!a) {
    auto imported = decode<kb_import_result>(answer, push_limits);
    if (!imported) {
      l.outcome = to_string(errc::internal), l.text = "the answer cannot be read";
      return;
    }
    a = ops_ack{imported->error.empty(), {}, imported->error};
  }
  l.outcome = a->ok ? to_string(errc::ok) : a->error.empty() ? to_string(errc::internal) : a->error.code;
  l.text = shortened(a->ok ? a->text : a->error.message);
}

std::string nobody_answered(const std::string& subject, const failure& f) {
  if (f.code != errc::unavailable) return f.message + ". It may have happened all the same";
  if (subject.starts_with("engine."))
    return "no engine owns partition " + token(subject, 1) + " at the moment: `steward status` shows which do";
  if (subject.starts_with("node."))
    return "no node '" + token(subject, 1) + "' answers: `steward nodes` lists those that do";
  return f.message;
}

void audit_collector::take(audit_line l) {
  if (over_) return;
  if (l.time_ms + lateness_ms < since_ms_) {
    over_ = true;
    return;
  }
  if (!user_.empty() && l.user != user_) return;
  if (l.ended && !l.id.empty()) {
    if (outcomes_.size() < 100'000) outcomes_[l.id] = std::move(l);
    return;
  }
  if (l.time_ms < since_ms_) return;
  if (page_.lines.size() >= most_) {
    page_.more = over_ = true;
    return;
  }
  if (auto o = outcomes_.extract(l.id)) l.outcome = o.mapped().outcome, l.text = o.mapped().text;
  page_.lines.push_back(std::move(l));
}

} // namespace steward
