package dev.ostiary.authorization.authorize;

import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.response.AuthorizationRefusal;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import java.util.Optional;

/** The client is one of ours (RFC 6749 §4.1.1). */
final class ClientIsKnown implements Step<ReadRequest, KnownClient> {
  private final Clients clients;

  ClientIsKnown(Clients clients) {
    this.clients = clients;
  }

  @Override
  public Result<KnownClient, AuthorizationRefusal> check(ReadRequest read) {
    Optional<String> id = read.parameters().first("client_id");
    if (id.isEmpty()) {
      return Result.refused(AuthorizationRefusal.shown(new Problem.ClientIdMissing()));
    }
    Optional<RegisteredClient> client = clients.find(new ClientId(id.get()));
    return client.isPresent()
        ? Result.ok(new KnownClient(read, client.get()))
        : Result.refused(
            AuthorizationRefusal.shown(new Problem.ClientUnknown(Shortened.of(id.get()))));
  }
}
