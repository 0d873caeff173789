package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.AuthorizationRequest;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.WireError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scopes are well-formed; what the server does not know, or the operator does not let the
 * client have, is dropped (RFC 6749 §3.3). A client that then asks for nothing of the server's gets
 * its default, which the person sees before agreeing; one that is let have nothing is refused.
 */
final class ScopesAreKnown {
  private ScopesAreKnown() {}

  /** What the client would get at each of these servers. */
  static Result<List<AuthorizationRequest.Choice>, WireError> check(
      ReceivedRequest received, RegisteredClient client, List<ProtectedServer> servers) {
    Optional<Scopes> scopes = Scopes.parse(received.first("scope").orElse(""));
    if (scopes.isEmpty()) {
      return refused("scope is malformed.");
    }
    List<AuthorizationRequest.Choice> choices =
        servers.stream().flatMap(server -> choice(client, server, scopes.get()).stream()).toList();
    return choices.isEmpty()
        ? refused("None of the scopes is available to this client at this resource.")
        : Result.ok(choices);
  }

  private static Result<List<AuthorizationRequest.Choice>, WireError> refused(String description) {
    return Result.refused(new WireError(OAuthError.INVALID_SCOPE, description));
  }

  private static Optional<AuthorizationRequest.Choice> choice(
      RegisteredClient client, ProtectedServer server, Scopes asked) {
    Scopes allowed = allowed(client, server);
    Scopes known = asked.intersect(allowed.union(Scopes.OFFLINE_ACCESS));
    Scopes granted =
        known.minus(Scopes.OFFLINE_ACCESS).isEmpty()
            ? server.defaultScopes().intersect(allowed).union(known)
            : known;
    boolean nothing =
        granted.minus(Scopes.OFFLINE_ACCESS).isEmpty() && !server.defaultScopes().isEmpty();
    return nothing
        ? Optional.empty()
        : Optional.of(new AuthorizationRequest.Choice(server, granted));
  }

  /**
   * What a client wrote into its own registration is no limit: it holds the scopes of its first
   * challenge there, and asks for more when a call needs them (MCP authorization, Step-Up).
   */
  private static Scopes allowed(RegisteredClient client, ProtectedServer server) {
    Scopes all = server.scopes().union(server.defaultScopes());
    boolean byOperator = client.kind() == ClientKind.CONFIGURED;
    @Nullable String limit = byOperator ? client.metadata().scope() : null;
    return limit == null ? all : all.intersect(Scopes.parse(limit).orElse(Scopes.none()));
  }
}
