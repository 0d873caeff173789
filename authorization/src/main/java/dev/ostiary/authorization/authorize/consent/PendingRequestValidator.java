package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.RequestProblems;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.client.redirect.ValidatedRedirect;
import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a pending request into things again: its client still exists and is what the person was
 * shown, its redirect URI is that client's, it has not expired, and its servers are still here.
 */
final class PendingRequestValidator {
  private static final String TOO_LATE = "The user did not respond in time.";

  private final Clients clients;
  private final List<ProtectedServer> servers;

  PendingRequestValidator(Clients clients, List<ProtectedServer> servers) {
    this.clients = clients;
    this.servers = List.copyOf(servers);
  }

  Result<AuthorizationRequest, AuthorizationRefusal> check(
      PendingRequest pending, String request, Instant now) {
    return switch (clients.look(new ClientId(pending.client()), request)) {
      case Result.Refused(Clients.Refusal refusal) ->
          shown(RequestProblems.client(pending.client(), refusal));
      case Result.Ok(RegisteredClient client) -> check(pending, client, now);
    };
  }

  private Result<AuthorizationRequest, AuthorizationRefusal> check(
      PendingRequest pending, RegisteredClient client, Instant now) {
    if (!DescriptionHash.of(client.metadata()).equals(pending.description())) {
      return shown(new Problem.FormExpired());
    }
    Optional<ValidatedRedirect> redirect =
        ValidatedRedirect.match(client.metadata(), pending.redirectUri());
    if (redirect.isEmpty()) {
      return shown(RequestProblems.redirect(client, pending.redirectUri()));
    }
    ResponseTarget to =
        new ResponseTarget(redirect.get(), pending.state(), client.metadata().name());
    if (!now.isBefore(pending.expiresAt())) {
      return Result.refused(
          AuthorizationRefusal.sent(client, to, OAuthError.ACCESS_DENIED, TOO_LATE));
    }
    List<AuthorizationRequest.Choice> choices = choices(pending);
    return choices.isEmpty()
        ? shown(new Problem.FormExpired())
        : atUpstream(
            new AuthorizationRequest(
                client,
                to,
                pending.codeChallenge(),
                choices,
                Prompt.ALWAYS,
                pending.selectAccount(),
                null),
            pending.upstream());
  }

  private static Result<AuthorizationRequest, AuthorizationRefusal> atUpstream(
      AuthorizationRequest request, @Nullable String upstream) {
    if (upstream == null) {
      return Result.ok(request);
    }
    return request.upstreams().contains(upstream)
        ? Result.ok(request.at(upstream))
        : shown(new Problem.FormExpired());
  }

  private static Result<AuthorizationRequest, AuthorizationRefusal> shown(Problem problem) {
    return Result.refused(AuthorizationRefusal.shown(problem));
  }

  private List<AuthorizationRequest.Choice> choices(PendingRequest pending) {
    return servers.stream()
        .filter(server -> pending.choices().containsKey(server.name()))
        .map(
            server ->
                new AuthorizationRequest.Choice(
                    server, pending.choices().getOrDefault(server.name(), Scopes.none())))
        .toList();
  }
}
