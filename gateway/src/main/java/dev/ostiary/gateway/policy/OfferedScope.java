package dev.ostiary.gateway.policy;

import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;

/**
 * A scope that a server has for its callers.
 *
 * @param title what it allows, as the consent page says it; empty to show the bare name
 * @param byDefault whether a client asks for it that has no token yet
 * @param implies narrower scopes that whoever has this one has too
 */
public record OfferedScope(Scope scope, String title, boolean byDefault, Scopes implies) {
  /** A scope to be asked for when something needs it. */
  public static OfferedScope of(String scope, String title) {
    return new OfferedScope(new Scope(scope), title, false, Scopes.none());
  }

  /** The same, asked for from the start. */
  public OfferedScope asDefault() {
    return new OfferedScope(scope, title, true, implies);
  }

  /** The same, with narrower ones in it. */
  public OfferedScope implying(String... narrower) {
    return new OfferedScope(scope, title, byDefault, Scopes.of(narrower));
  }
}
