package dev.ostiary.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a protected resource asks of a client that it does not let in: the value of {@code
 * WWW-Authenticate} (RFC 6750 §3). Built anew by each method; what is not said is not sent.
 */
public final class Challenge {
  private final @Nullable String error;
  private final @Nullable String description;
  private final @Nullable String resourceMetadata;
  private final @Nullable Scopes scope;

  private Challenge(
      @Nullable String error,
      @Nullable String description,
      @Nullable String resourceMetadata,
      @Nullable Scopes scope) {
    this.error = error;
    this.description = description;
    this.resourceMetadata = resourceMetadata;
    this.scope = scope;
  }

  /** No credentials came, and so there is no error either (RFC 6750 §3.1). */
  public static Challenge unauthenticated() {
    return new Challenge(null, null, null, null);
  }

  /** The {@code Authorization} field cannot be read. With 400. */
  public static Challenge invalidRequest(String description) {
    return new Challenge("invalid_request", description, null, null);
  }

  /** The access token is not, or no longer, good here. With 401. */
  public static Challenge invalidToken(String description) {
    return new Challenge("invalid_token", description, null, null);
  }

  /** The access token is good, but not for this. With 403. */
  public static Challenge insufficientScope(String description) {
    return new Challenge("insufficient_scope", description, null, null);
  }

  /** With the address of the resource's metadata (RFC 9728 §5.1). */
  public Challenge resourceMetadata(String uri) {
    return new Challenge(error, description, uri, scope);
  }

  /** With the scopes to ask for; {@code offline_access} is never among them. */
  public Challenge scope(Scopes scopes) {
    Scopes asked = scopes.minus(Scopes.OFFLINE_ACCESS);
    return new Challenge(error, description, resourceMetadata, asked.isEmpty() ? null : asked);
  }

  /** The field's value, on one line and without a character that it may not have. */
  public String toWire() {
    StringBuilder wire = new StringBuilder("Bearer");
    append(wire, "error", error);
    append(wire, "error_description", description);
    append(wire, "resource_metadata", resourceMetadata);
    append(wire, "scope", scope == null ? null : scope.toWire());
    return wire.toString();
  }

  private static void append(StringBuilder wire, String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    wire.append(wire.length() == "Bearer".length() ? " " : ", ").append(name).append("=\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean allowed = c >= 0x20 && c <= 0x7e && c != '"' && c != '\\';
      wire.append(allowed ? c : '\'');
    }
    wire.append('"');
  }
}
