#include "clients/bus_session.hpp"

#include "access/sign_in.hpp"

#include <algorithm>
#include <mutex>
#include <nats/nats.h>

namespace steward {
namespace {

using clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

template <class T, void (*Free)(T*)>
struct freed_by {
  void operator()(T* x) const { Free(x); }
};
using options_ptr = std::unique_ptr<natsOptions, freed_by<natsOptions, natsOptions_Destroy>>;
using message_ptr = std::unique_ptr<natsMsg, freed_by<natsMsg, natsMsg_Destroy>>;

/// Up to 3.5 NATS.c's reading thread hands a message to its subscription without holding on to it, and dies when the
/// subscription is destroyed meanwhile. So those that are done with wait until the thread has certainly passed.
class retired_subscriptions {
public:
  explicit retired_subscriptions(natsConnection* c)
      : connection_(c) {}

  void add(natsSubscription* s) {
    constexpr size_t many = 32;
    natsSubscription_Unsubscribe(s);
    std::lock_guard lock(mutex_);
    all_.push_back(s);
    // The answer to a ping comes through the same thread, after all that came before.
    if (!connection_ || (all_.size() >= many && natsConnection_FlushTimeout(connection_, 1000) == NATS_OK)) clear();
  }
  /// The connection has been closed, its thread has ended.
  void closed() {
    std::lock_guard lock(mutex_);
    connection_ = nullptr;
    clear();
  }

private:
  void clear() {
    for (auto* s : all_) natsSubscription_Destroy(s);
    all_.clear();
  }
  std::mutex mutex_;
  natsConnection* connection_; // null: closed
  std::vector<natsSubscription*> all_;
};

struct retire {
  std::shared_ptr<retired_subscriptions> to;
  void operator()(natsSubscription* s) const { to->add(s); }
};
using subscription_ptr = std::unique_ptr<natsSubscription, retire>;

milliseconds left_until(clock::time_point end) {
  return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(end - clock::now()));
}

bus_session::message taken(natsMsg* m) {
  return {natsMsg_GetSubject(m), std::string(natsMsg_GetData(m), static_cast<size_t>(natsMsg_GetDataLength(m)))};
}

std::vector<std::string> split_urls(const std::string& urls) {
  std::vector<std::string> out;
  for (size_t at = 0; at <= urls.size();) {
    auto comma = std::min(urls.find(',', at), urls.size());
    auto one = urls.substr(at, comma - at);
    one.erase(std::remove(one.begin(), one.end(), ' '), one.end());
    if (!one.empty()) out.push_back(one);
    at = comma + 1;
  }
  return out;
}

} // namespace

struct bus_session::impl {
  natsConnection* connection = nullptr;
  std::string where, inbox_prefix;
  std::shared_ptr<retired_subscriptions> retired;
  ~impl() {
    if (!connection) return;
    natsConnection_FlushTimeout(connection, 500);
    natsConnection_Close(connection);
    retired->closed();
    natsConnection_Destroy(connection);
  }

  failure explain(natsStatus s, const std::string& subject) const {
    switch (s) {
    case NATS_NO_RESPONDERS: return {errc::unavailable, "nobody answers on " + subject};
    case NATS_TIMEOUT:
      if (natsConnection_Status(connection) != NATS_CONN_STATUS_CONNECTED)
        return {errc::unavailable, "the connection to NATS at " + where + " is lost"};
      return {errc::timeout, "no answer in time on " + subject};
    case NATS_MAX_PAYLOAD: return {errc::too_large, "the message is larger than the NATS server takes"};
    case NATS_NOT_PERMITTED: return {errc::unauthorized, "the NATS server does not allow " + subject};
    case NATS_CONNECTION_CLOSED:
    case NATS_CONNECTION_DISCONNECTED:
    case NATS_STALE_CONNECTION: return {errc::unavailable, "the connection to NATS at " + where + " is lost"};
    default: return {errc::internal, std::string("NATS: ") + natsStatus_GetText(s) + " on " + subject};
    }
  }

  // A fresh inbox with a subscription on it.
  result<std::pair<std::string, subscription_ptr>> inbox() const {
    natsInbox* name = nullptr;
    natsSubscription* sub = nullptr;
    auto s = natsInbox_Create(&name);
    // "_INBOX.<unique>" under the prefix that this user may hear.
    auto subject = s == NATS_OK ? inbox_prefix + std::string(name).substr(std::string_view("_INBOX").size()) : "";
    natsInbox_Destroy(name);
    if (s == NATS_OK) s = natsConnection_SubscribeSync(&sub, connection, subject.c_str());
    if (s != NATS_OK) return explain(s, "an inbox");
    return std::pair{subject, subscription_ptr(sub, {retired})};
  }

  status ask(const std::string& subject, const std::string& reply, std::string_view payload) const {
    auto s = natsConnection_PublishRequest(connection, subject.c_str(), reply.c_str(), payload.data(),
                                           static_cast<int>(payload.size()));
    if (s != NATS_OK) return explain(s, subject);
    return success();
  }
};

result<bus_session> bus_session::connect(const options& o) {
  natsOptions* raw = nullptr;
  if (natsOptions_Create(&raw) != NATS_OK) return {errc::internal, "out of memory"};
  options_ptr opts(raw);
  auto urls = split_urls(o.url);
  std::vector<const char*> servers;
  std::string where;
  for (auto& url : urls) {
    servers.push_back(url.c_str());
    where += (where.empty() ? "" : ", ") + without_password(url);
  }
  if (servers.empty()) return {errc::bad_request, "the NATS URL is empty: give one as nats://host:4222"};
  if (natsOptions_SetServers(raw, servers.data(), static_cast<int>(servers.size())) != NATS_OK)
    return {errc::bad_request, "'" + where + "' is no NATS URL: give one as nats://host:4222"};
  natsOptions_SetName(raw, o.name.c_str());
  natsOptions_SetTimeout(raw, o.connect_timeout.count());
  natsOptions_SetCustomInboxPrefix(raw, o.inbox_prefix.c_str());
  natsOptions_SetMaxReconnect(raw, -1);
  natsOptions_SetReconnectWait(raw, 300);
  if (!o.creds_file.empty())
    if (auto ok = sign_in_with(raw, o.creds_file); !ok) return ok.error();

  auto self = std::make_unique<impl>();
  self->where = where;
  self->inbox_prefix = o.inbox_prefix;
  switch (auto s = static_cast<natsStatus>(connect_signed(&self->connection, raw))) {
  case NATS_OK:
    self->retired = std::make_shared<retired_subscriptions>(self->connection);
    return bus_session(std::move(self));
  case NATS_CONNECTION_AUTH_FAILED:
  case NATS_NOT_PERMITTED:
    return {errc::unauthorized, "the NATS server at " + where + " does not let us in: check user, password or --creds"};
  case NATS_INVALID_ARG:
  case NATS_ADDRESS_MISSING: return {errc::bad_request, "'" + where + "' is no NATS URL: give one as nats://host:4222"};
  case NATS_NO_SERVER:
  case NATS_TIMEOUT: return {errc::unavailable, "no NATS server answers at " + where};
  default: return {errc::unavailable, "no connection to NATS at " + where + ": " + natsStatus_GetText(s)};
  }
}

bus_session::bus_session(std::unique_ptr<impl> x)
    : impl_(std::move(x)) {}
bus_session::bus_session(bus_session&&) noexcept = default;
bus_session& bus_session::operator=(bus_session&&) noexcept = default;
bus_session::~bus_session() = default;

bus_session::connection bus_session::state() const {
  switch (natsConnection_Status(impl_->connection)) {
  case NATS_CONN_STATUS_CONNECTED: return connection::connected;
  case NATS_CONN_STATUS_CLOSED: return connection::closed;
  default: return connection::reconnecting;
  }
}

size_t bus_session::max_payload() const {
  return static_cast<size_t>(std::max<int64_t>(0, natsConnection_GetMaxPayload(impl_->connection)));
}

const std::string& bus_session::where() const { return impl_->where; }

result<bus_session::message> bus_session::request(const std::string& subject, std::string_view payload,
                                                  duration timeout) {
  natsMsg* m = nullptr;
  auto s = natsConnection_Request(&m, impl_->connection, subject.c_str(), payload.data(),
                                  static_cast<int>(payload.size()), timeout.count());
  message_ptr owned(m);
  if (s != NATS_OK) return impl_->explain(s, subject);
  return taken(m);
}

result<std::vector<bus_session::message>>
bus_session::gather(const std::string& subject, std::string_view payload, duration timeout, duration quiet,
                    const std::function<bool(const std::vector<message>&)>& enough) {
  auto box = impl_->inbox();
  if (!box) return box.error();
  if (auto sent = impl_->ask(subject, box->first, payload); !sent) return sent.error();
  std::vector<message> answers;
  auto end = clock::now() + timeout;
  // Also after `enough` a moment: a node that has just come up may be known to nobody but itself.
  constexpr duration moment(50);
  for (;;) {
    auto all = enough && enough(answers);
    auto wait = answers.empty() ? left_until(end) : std::min(all ? std::min(moment, quiet) : quiet, left_until(end));
    natsMsg* m = nullptr;
    auto s = natsSubscription_NextMsg(&m, box->second.get(), wait.count());
    message_ptr owned(m);
    if (s == NATS_OK)
      answers.push_back(taken(m));
    else if (answers.empty())
      return impl_->explain(s, subject);
    else
      break;
  }
  return answers;
}

std::vector<result<bus_session::message>> bus_session::request_each(const std::vector<std::string>& subjects,
                                                                    std::string_view payload, duration timeout,
                                                                    const std::function<void(size_t)>& arrived) {
  std::vector<result<std::pair<std::string, subscription_ptr>>> boxes;
  for (auto& subject : subjects) {
    boxes.push_back(impl_->inbox());
    auto& box = boxes.back();
    if (!box) continue;
    if (auto sent = impl_->ask(subject, box->first, payload); !sent) box = sent.error();
  }
  std::vector<result<message>> out;
  auto end = clock::now() + timeout;
  for (size_t i = 0; i < boxes.size(); ++i) {
    natsMsg* m = nullptr;
    if (!boxes[i]) {
      out.push_back(boxes[i].error());
    } else if (auto s = natsSubscription_NextMsg(&m, boxes[i]->second.get(), left_until(end).count()); s != NATS_OK) {
      out.push_back(impl_->explain(s, subjects[i]));
    } else {
      message_ptr owned(m);
      out.push_back(taken(m));
    }
    if (arrived) arrived(i + 1);
  }
  return out;
}

status bus_session::publish(const std::string& subject, std::string_view payload) {
  auto s = natsConnection_Publish(impl_->connection, subject.c_str(), payload.data(), static_cast<int>(payload.size()));
  if (s != NATS_OK) return impl_->explain(s, subject);
  return success();
}

struct bus_session::subscription::impl {
  subscription_ptr sub;
  std::string subject;
};

bus_session::subscription::subscription(std::unique_ptr<impl> x)
    : impl_(std::move(x)) {}
bus_session::subscription::subscription(subscription&&) noexcept = default;
bus_session::subscription& bus_session::subscription::operator=(subscription&&) noexcept = default;
bus_session::subscription::~subscription() = default;

result<std::optional<bus_session::message>> bus_session::subscription::next(duration timeout) {
  natsMsg* m = nullptr;
  auto s = natsSubscription_NextMsg(&m, impl_->sub.get(), timeout.count());
  message_ptr owned(m);
  if (s == NATS_TIMEOUT) return std::optional<message>();
  // Messages were dropped because we read too slowly; the ones that follow still come.
  if (s == NATS_SLOW_CONSUMER) return std::optional<message>();
  if (s != NATS_OK) return {errc::unavailable, std::string("NATS: ") + natsStatus_GetText(s) + " on " + impl_->subject};
  return std::optional(taken(m));
}

result<bus_session::subscription> bus_session::subscribe(const std::string& subject) {
  natsSubscription* sub = nullptr;
  auto s = natsConnection_SubscribeSync(&sub, impl_->connection, subject.c_str());
  if (s != NATS_OK) return impl_->explain(s, subject);
  auto x = std::make_unique<subscription::impl>();
  x->sub = subscription_ptr(sub, {impl_->retired});
  x->subject = subject;
  s = natsConnection_FlushTimeout(impl_->connection, 2000);
  if (s != NATS_OK) return impl_->explain(s, subject);
  return subscription(std::move(x));
}

} // namespace steward
