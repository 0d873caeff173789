package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.ConsentRequest;
import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scopes are well-formed; what the server does not know, or the operator does not let the
 * client have, is dropped (RFC 6749 §3.3). A client that then asks for nothing of the server's gets
 * its default, which the person sees before agreeing; one that is let have nothing is refused.
 */
final class ScopesAreKnown implements Step<TargetedRequest, ScopedRequest> {

  @Override
  public Result<ScopedRequest, AuthorizationRefusal> check(TargetedRequest targeted) {
    ProvenRequest request = targeted.request();
    Optional<Scopes> scopes = Scopes.parse(request.parameters().first("scope").orElse(""));
    if (scopes.isEmpty()) {
      return request.refused(OAuthError.INVALID_SCOPE, "scope is malformed.");
    }
    List<ConsentRequest.Choice> choices =
        targeted.servers().stream()
            .flatMap(server -> choice(request, server, scopes.get()).stream())
            .toList();
    return choices.isEmpty()
        ? request.refused(
            OAuthError.INVALID_SCOPE, "The client may have no scope of this resource.")
        : Result.ok(
            new ScopedRequest(
                request,
                new ConsentRequest(
                    request.client(), request.to(), targeted.codeChallenge(), choices, false)));
  }

  private static Optional<ConsentRequest.Choice> choice(
      ProvenRequest request, ProtectedServer server, Scopes asked) {
    Scopes allowed = allowed(request, server);
    Scopes known = asked.intersect(allowed.union(Scopes.OFFLINE_ACCESS));
    Scopes granted =
        known.minus(Scopes.OFFLINE_ACCESS).isEmpty()
            ? server.defaultScopes().intersect(allowed).union(known)
            : known;
    boolean nothing =
        granted.minus(Scopes.OFFLINE_ACCESS).isEmpty() && !server.defaultScopes().isEmpty();
    return nothing ? Optional.empty() : Optional.of(new ConsentRequest.Choice(server, granted));
  }

  /**
   * What a client wrote into its own registration is no limit: it holds the scopes of its first
   * challenge there, and asks for more when a call needs them (MCP authorization, Step-Up).
   */
  private static Scopes allowed(ProvenRequest request, ProtectedServer server) {
    Scopes all = server.scopes().union(server.defaultScopes());
    boolean byOperator = request.client().kind() == ClientKind.CONFIGURED;
    @Nullable String limit = byOperator ? request.client().metadata().scope() : null;
    return limit == null ? all : all.intersect(Scopes.parse(limit).orElse(Scopes.none()));
  }
}
