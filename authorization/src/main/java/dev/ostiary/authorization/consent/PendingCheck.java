package dev.ostiary.authorization.consent;

import dev.ostiary.authorization.ProtectedServer;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.client.ValidatedRedirect;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.response.ReturnAddress;
import dev.ostiary.authorization.store.DescriptionHash;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns a pending request into things again: it has not expired, its client still exists and is
 * what the person was shown, its redirect URI is that client's, and its servers are still here.
 */
final class PendingCheck {
  private final Clients clients;
  private final List<ProtectedServer> servers;

  PendingCheck(Clients clients, List<ProtectedServer> servers) {
    this.clients = clients;
    this.servers = List.copyOf(servers);
  }

  Result<ConsentRequest, Problem> check(PendingRequest pending, Instant now) {
    if (!now.isBefore(pending.expiresAt())) {
      return Result.refused(new Problem.FormExpired());
    }
    Optional<RegisteredClient> client = clients.find(new ClientId(pending.client()));
    if (client.isEmpty()) {
      return Result.refused(new Problem.ClientUnknown(pending.client()));
    }
    if (!DescriptionHash.of(client.get().metadata()).equals(pending.description())) {
      return Result.refused(new Problem.FormExpired());
    }
    Optional<ValidatedRedirect> redirect =
        ValidatedRedirect.match(client.get().metadata(), pending.redirectUri());
    if (redirect.isEmpty()) {
      return Result.refused(new Problem.RedirectUnknown(pending.redirectUri()));
    }
    List<ConsentRequest.Choice> choices = choices(pending);
    return choices.isEmpty()
        ? Result.refused(new Problem.FormExpired())
        : Result.ok(
            new ConsentRequest(
                client.get(),
                new ReturnAddress(redirect.get(), pending.state()),
                pending.codeChallenge(),
                choices,
                pending.selectAccount()));
  }

  private List<ConsentRequest.Choice> choices(PendingRequest pending) {
    return servers.stream()
        .filter(server -> pending.choices().containsKey(server.name()))
        .map(
            server ->
                new ConsentRequest.Choice(
                    server, pending.choices().getOrDefault(server.name(), Scopes.none())))
        .toList();
  }
}
