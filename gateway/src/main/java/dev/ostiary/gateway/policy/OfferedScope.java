package dev.ostiary.gateway.policy;

import dev.ostiary.protocol.LocalizedText;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeDescription;
import dev.ostiary.protocol.Scopes;

/**
 * A scope that a server has for its callers.
 *
 * @param description how the consent page tells of it
 * @param byDefault whether a client asks for it that has no token yet
 * @param implies narrower scopes that this one includes
 */
public record OfferedScope(
    Scope scope, ScopeDescription description, boolean byDefault, Scopes implies) {
  /** A scope to be asked for when something needs it. */
  public static OfferedScope of(String scope, String title) {
    return of(new Scope(scope), LocalizedText.of(title));
  }

  /** A scope whose title is in several languages. */
  public static OfferedScope of(Scope scope, LocalizedText title) {
    return new OfferedScope(scope, ScopeDescription.of(scope, title), false, Scopes.none());
  }

  /** The same, asked for from the start. */
  public OfferedScope asDefault() {
    return new OfferedScope(scope, description, true, implies);
  }

  /** The same, with narrower ones in it. */
  public OfferedScope implying(String... narrower) {
    return new OfferedScope(scope, description, byDefault, Scopes.of(narrower));
  }
}
