package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.List;
import java.util.Optional;

/**
 * What is left of the approved scopes when the upstream has granted less: those whose own needs it
 * granted. Never more than was approved. What the upstream is asked for every sign-in, to check who
 * may come in, has done its work by then and takes no scope away.
 */
final class GrantedScopes {

  private GrantedScopes() {}

  /** The scopes of the grant; empty if something was approved and nothing of it is left. */
  static Optional<Scopes> narrow(Upstream upstream, Scopes approved, Scopes granted) {
    Scopes always = upstream.scopesFor(Scopes.none());
    Scopes left =
        Scopes.of(
            approved.stream()
                .filter(scope -> granted.containsAll(needs(upstream, scope, always)))
                .toList());
    boolean nothing =
        left.minus(Scopes.OFFLINE_ACCESS).isEmpty()
            && !approved.minus(Scopes.OFFLINE_ACCESS).isEmpty();
    return nothing ? Optional.empty() : Optional.of(left);
  }

  private static Scopes needs(Upstream upstream, Scope scope, Scopes always) {
    Scopes only = Scopes.of(List.of(scope));
    return upstream.scopesFor(only).minus(always.minus(only));
  }
}
