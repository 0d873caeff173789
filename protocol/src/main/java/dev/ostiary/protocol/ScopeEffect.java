package dev.ostiary.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the worst is that a scope lets a client do, from the worst on. */
public enum ScopeEffect {
  DELETE,
  CHANGE,
  /** Read what is not for everybody. */
  PRIVATE,
  READ,
  /** Stay, when the user is away. */
  STAY;

  private static final Pattern DELETES = Pattern.compile("delet|remov|destroy|admin|purge");
  private static final Pattern READS =
      Pattern.compile("^(?:read|view|list)[:._/-].*|.*[:._/-](?:read|view|list|read-?only)$");

  /**
   * What the name of a scope says of it: that of GitHub's, or how scopes are commonly named. Of one
   * that says nothing the client may be assumed to change things.
   */
  public static ScopeEffect of(Scope scope) {
    String name = scope.value().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "offline_access" -> STAY;
      case "user:email" -> PRIVATE;
      default -> {
        if (DELETES.matcher(name).find()) {
          yield DELETE;
        }
        yield READS.matcher(name).matches() ? READ : CHANGE;
      }
    };
  }

  /** The one of this name, in lower case. */
  public static Optional<ScopeEffect> parse(String word) {
    for (ScopeEffect effect : values()) {
      if (effect != STAY && effect.word().equals(word)) {
        return Optional.of(effect);
      }
    }
    return Optional.empty();
  }

  /** Its name in a configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
