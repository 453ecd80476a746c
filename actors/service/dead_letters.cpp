#include "actors/service/dead_letters.hpp"

#include "actors/answer.hpp"
#include "actors/defaults.hpp"

namespace steward {
namespace {

constexpr size_t list_bytes = 256 << 10; // of the messages in a list of letters

ops_ack refused(errc c, std::string why) { return {false, {}, {std::string(to_string(c)), std::move(why)}}; }

dead_letter_row row_of(const stored_message& m) {
  dead_letter_row r;
  r.number = m.seq;
  if (auto l = decode<dead_letter>(m.data, {.bytes = 8 << 20}))
    r.letter = std::move(*l);
  else
    r.letter.reason = "the letter itself does not decode";
  if (auto in = decode<in_message>(r.letter.message.data))
    if (auto say = decode<say_request>(in->body.data)) r.text = say->text;
  return r;
}

/// Collects the newest letters: a read from the stream's first on, of which the last `limit` are kept.
void list(const engine_ptr& env, const ops_request& q, const std::string& reply) {
  struct collecting {
    std::unique_ptr<stream_reading> reading;
    dead_letter_list out;
    size_t bytes = 0; // of the messages in it
    bool over = false;
  };
  auto limit = q.limit ? q.limit : 100;
  env->nats->js_info("DLQ", [=](result<stream_info> info) {
    auto c = std::make_shared<collecting>();
    auto finish = [env, reply, c] {
      if (std::exchange(c->over, true)) return;
      answer_request(*env->nats, reply, c->out);
    };
    if (!info) {
      c->out.error = {std::string(to_string(info.error().code)), info.error().message};
      return finish();
    }
    if (info->messages == 0) return finish();
    // One get after the other, newest first: letters are few, and an operator reads a page of them.
    auto step = std::make_shared<std::function<void(uint64_t)>>();
    std::weak_ptr<std::function<void(uint64_t)>> again = step;
    auto first = info->first_seq;
    *step = [=, tenant = q.tenant](uint64_t seq) {
      auto self = again.lock();
      if (seq < first || seq == 0 || c->out.rows.size() >= limit || !self) return finish();
      env->nats->js_get("DLQ", seq, [=](result<std::optional<stored_message>> m) {
        if (m && *m) {
          auto row = row_of(**m);
          if (tenant.empty() || row.letter.tenant == tenant) {
            // Letters are as large as what they hold, and a list goes in one message: `show` has each whole.
            if ((c->bytes += row.letter.message.data.size()) > list_bytes) row.letter.message.data.clear();
            c->out.rows.push_back(std::move(row));
          }
        }
        (*self)(seq - 1);
      });
    };
    (*step)(info->last_seq);
  });
}

} // namespace

void answer_dead_letters(const engine_ptr& env, const std::string& verb, const ops_request& q,
                         const std::string& reply) {
  if (verb == "dead_letters") return list(env, q, reply);
  auto tell = [env, reply](const ops_ack& a) { env->nats->publish(reply, encode(a)); };
  env->nats->js_get("DLQ", q.number, [=, number = q.number](result<std::optional<stored_message>> m) {
    if (!m) return tell(refused(errc::unavailable, m.error().message));
    if (!*m)
      return tell(refused(errc::not_found,
                          "there is no dead letter " + std::to_string(number) + ": see 'steward dead-letters list'"));
    auto row = row_of(**m);
    if (verb == "dead_letter_show") {
      dead_letter_list one;
      one.rows.push_back(std::move(row));
      return answer_request(*env->nats, reply, one);
    }
    auto drop = [=](const std::string& said) {
      env->nats->js_erase("DLQ", number, [=](result<bool> ok) {
        tell(ok ? ops_ack{true, said, {}} : refused(ok.error().code, ok.error().message));
      });
    };
    if (verb == "dead_letter_drop") return drop("dead letter " + std::to_string(number) + " is dropped");
    if (verb != "dead_letter_retry") return tell(refused(errc::unsupported, "no such request: " + verb));
    // A fresh id: the entity has seen the old one.
    auto again = [=](result<publish_ack> ack) {
      if (!ack) return tell(refused(errc::unavailable, ack.error().message));
      drop("dead letter " + std::to_string(number) + " is sent again");
    };
    auto fresh = hash_name({"retry", std::to_string(number), std::to_string((*m)->time_ns), std::to_string(now_ms())});
    if (row.letter.what == "reply") {
      auto o = decode<outgoing>(row.letter.message.data);
      if (!o || o->kind != out_kind::peer) return tell(refused(errc::unsupported, "this reply cannot be sent again"));
      return env->nats->js_publish(subjects::reply(row.letter.tenant, o->to.channel, o->to.peer), o->body.data,
                                   {{message_id_header, fresh}}, defaults::publish_timeout, again);
    }
    auto in = decode<in_message>(row.letter.message.data);
    if (!in) return tell(refused(errc::unsupported, "this letter is not a message that can be sent again"));
    in->id = message_id{fresh};
    env->nats->js_publish(subjects::in(partition_of(in->tenant, in->entity), in->tenant), encode(*in),
                          {{message_id_header, fresh}}, defaults::publish_timeout, again);
  });
}

} // namespace steward
