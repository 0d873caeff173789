package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.RequestProblems;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import java.util.Optional;

/** The client is one of ours, or its document says who it is (RFC 6749 §4.1.1). */
final class ClientIsKnown {
  private final Clients clients;

  ClientIsKnown(Clients clients) {
    this.clients = clients;
  }

  Result<RegisteredClient, AuthorizationRefusal> check(ReceivedRequest received) {
    Optional<String> id = received.first("client_id");
    if (id.isEmpty()) {
      return Result.refused(AuthorizationRefusal.shown(new Problem.ClientIdMissing()));
    }
    return switch (clients.look(new ClientId(id.get()), received.request().id())) {
      case Result.Ok(RegisteredClient client) -> Result.ok(client);
      case Result.Refused(Clients.Refusal refusal) ->
          Result.refused(
              AuthorizationRefusal.shown(RequestProblems.client(Truncated.of(id.get()), refusal)));
    };
  }
}
