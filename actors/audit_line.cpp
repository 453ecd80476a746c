#include "actors/audit_line.hpp"

#include "actors/bus/nats_client.hpp"
#include "actors/defaults.hpp"
#include "messages/subjects.hpp"

#include <sodium.h>

namespace steward {

std::string new_audit_id() {
  unsigned char random[12];
  randombytes_buf(random, sizeof random);
  char out[32];
  sodium_bin2hex(out, sizeof out, random, sizeof random);
  return out;
}

void write_audit(const engine_ptr& env, audit_line line, std::function<void(status)> done) {
  if (line.id.empty()) line.id = new_audit_id();
  if (line.time_ms == 0) line.time_ms = now_ms();
  line.node = env->node.value;
  auto id = line.id + (line.ended ? ":ended" : "");
  env->nats->js_publish(subjects::audit(line.user), encode(line), {{message_id_header, id}}, defaults::publish_timeout,
                        [done = std::move(done)](result<publish_ack> ack) {
                          if (!ack) return done(ack.error());
                          done(success());
                        });
}

} // namespace steward
