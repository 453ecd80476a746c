// Signing in to a NATS server with a credentials file.
//
// NATS.c 3.4 sends no signature when its first byte is zero, which one in 256 is, and the server refuses. Such a
// signature is therefore never given to it: the attempt ends before it is sent, and the next one has another nonce. A
// reconnect tries again by itself; for the first connect there is connect_signed.
#pragma once
#include "messages/result.hpp"

#include <string>

struct __natsConnection;
struct __natsOptions;

namespace steward {

/// "nats://user:secret@host" -> "nats://host": what people and logs may see of an address.
std::string without_password(const std::string& url);

/// natsConnection_Connect, again while it met such a signature.
int connect_signed(__natsConnection** out, __natsOptions*);

/// The file is read at each connect and reconnect, so a new one is taken up. Fails when it is none now.
status sign_in_with(__natsOptions*, const std::string& creds_file);

} // namespace steward
