package dev.ostiary.protocol;

import java.util.Optional;
import java.util.stream.Stream;

/** What a client can trade for tokens here: the {@code grant_type} values (OAuth 2.1 §4). */
public enum GrantType {
  AUTHORIZATION_CODE("authorization_code"),
  REFRESH_TOKEN("refresh_token");

  private final String wire;

  GrantType(String wire) {
    this.wire = wire;
  }

  public static Optional<GrantType> parse(String text) {
    return Stream.of(values()).filter(type -> type.wire.equals(text)).findFirst();
  }

  /** Its spelling in requests and metadata. */
  public String toWire() {
    return wire;
  }
}
