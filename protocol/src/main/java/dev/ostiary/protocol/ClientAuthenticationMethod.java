package dev.ostiary.protocol;

import java.util.Optional;
import java.util.stream.Stream;

/** The ways in which clients prove who they are here (OAuth 2.1 §2.4; RFC 7591 §2). */
public enum ClientAuthenticationMethod {
  /** A public client: it has no secret, and PKCE and the redirect URI stand in for it. */
  NONE("none"),
  /** The secret in an HTTP Basic header. */
  CLIENT_SECRET_BASIC("client_secret_basic"),
  /** The secret in the form. */
  CLIENT_SECRET_POST("client_secret_post"),
  /** A statement in the form, signed with a key of the client's own (RFC 7523 §2.2). */
  PRIVATE_KEY_JWT("private_key_jwt");

  private final String wire;

  ClientAuthenticationMethod(String wire) {
    this.wire = wire;
  }

  public static Optional<ClientAuthenticationMethod> parse(String text) {
    return Stream.of(values()).filter(method -> method.wire.equals(text)).findFirst();
  }

  /** Its spelling in metadata. */
  public String toWire() {
    return wire;
  }
}
