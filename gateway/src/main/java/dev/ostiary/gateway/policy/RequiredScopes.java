package dev.ostiary.gateway.policy;

import dev.ostiary.protocol.Scopes;
import java.util.List;

/** The scopes that a call requires. */
public sealed interface RequiredScopes {
  /** No scope in particular: having signed in is enough. */
  RequiredScopes NOTHING = of(Scopes.none());

  /** No scope permits it. */
  RequiredScopes DENIED = new Denied();

  /**
   * All scopes of one of these sets.
   *
   * @param alternatives never empty; the first is what a client is told to ask for
   */
  record AnyOf(List<Scopes> alternatives) implements RequiredScopes {
    public AnyOf {
      if (alternatives.isEmpty()) {
        throw new IllegalArgumentException("no alternatives");
      }
      alternatives = List.copyOf(alternatives);
    }
  }

  /** Denied to every caller. */
  record Denied() implements RequiredScopes {}

  /** All of these scopes. */
  static RequiredScopes of(Scopes scopes) {
    return new AnyOf(List.of(scopes));
  }

  /** All of these scopes. */
  static RequiredScopes of(String... scopes) {
    return of(Scopes.of(scopes));
  }
}
