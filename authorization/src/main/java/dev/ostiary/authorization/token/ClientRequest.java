package dev.ostiary.authorization.token;

import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Parameters;
import java.time.Instant;

/**
 * A request of an authenticated client.
 *
 * @param requestId names it in the log and the audit stream
 * @param at when it arrived
 */
record ClientRequest(RegisteredClient client, Parameters parameters, String requestId, Instant at) {
  ClientId clientId() {
    return client.id();
  }
}
