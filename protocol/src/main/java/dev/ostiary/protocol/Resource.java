package dev.ostiary.protocol;

/**
 * The identifier of a protected resource that clients ask tokens for (RFC 8707 §2): the URL of an
 * MCP server. In this form it is canonical, and it is the {@code aud} of the tokens for that
 * server.
 */
public record Resource(String value) {
  /**
   * Checks the shape, as for an {@link Issuer}.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public Resource {
    PublicUrl.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
