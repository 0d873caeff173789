package dev.ostiary.authorization.hash;

import dev.ostiary.protocol.ClientId;

/** The hash of an assertion's identifier ({@code jti}), which is unique for its client. */
public record AssertionHash(Sha256 hash) {
  public static AssertionHash of(ClientId client, String jti) {
    return new AssertionHash(Sha256.of(client.value().length() + ":" + client.value() + jti));
  }
}
