package dev.ostiary.protocol;

/** One scope token: visible ASCII without quote and backslash (RFC 6749 §3.3). */
public record Scope(String value) implements Comparable<Scope> {
  /** Asks for a refresh token; it names no right at any resource (OpenID Connect Core §11). */
  public static final Scope OFFLINE_ACCESS = new Scope("offline_access");

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if it is empty or has another character
   */
  public Scope {
    if (!isScope(value)) {
      throw new IllegalArgumentException("not a scope token");
    }
  }

  /** Whether the text is a scope token. */
  public static boolean isScope(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
  }

  @Override
  public int compareTo(Scope other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
