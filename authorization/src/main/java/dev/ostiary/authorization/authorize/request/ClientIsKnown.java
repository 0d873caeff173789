package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.client.document.DocumentRefusal;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import java.util.Optional;

/** The client is one of ours, or its document says who it is (RFC 6749 §4.1.1). */
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
    return switch (clients.look(new ClientId(id.get()), read.request().id())) {
      case Result.Ok(RegisteredClient client) -> Result.ok(new KnownClient(read, client));
      case Result.Refused(Problem problem) ->
          Result.refused(AuthorizationRefusal.shown(shortened(problem)));
    };
  }

  private static Problem shortened(Problem problem) {
    return switch (problem) {
      case Problem.ClientUnknown(String id) -> new Problem.ClientUnknown(Truncated.of(id));
      case Problem.DocumentsOff(String id) -> new Problem.DocumentsOff(Truncated.of(id));
      case Problem.DocumentUnusable(String id, DocumentRefusal refusal) ->
          new Problem.DocumentUnusable(Truncated.of(id), refusal);
      default -> problem;
    };
  }
}
