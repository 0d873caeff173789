package dev.ostiary.protocol;

/**
 * A scope as people are told of it.
 *
 * @param title what it allows, in the operator's words; none for built-in scopes
 * @param effect the worst that it lets a client do
 */
public record ScopeDescription(LocalizedText title, ScopeEffect effect) {
  /** One that says by its name what it does. */
  public static ScopeDescription of(Scope scope, LocalizedText title) {
    return new ScopeDescription(title, ScopeEffect.of(scope));
  }

  /** The same at a server that changes nothing. */
  public ScopeDescription ofReadOnlyServer() {
    return switch (effect) {
      case DELETE, CHANGE -> new ScopeDescription(title, ScopeEffect.READ);
      case PRIVATE, READ, STAY -> this;
    };
  }
}
