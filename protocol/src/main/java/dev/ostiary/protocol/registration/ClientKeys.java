package dev.ostiary.protocol.registration;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a client that proves itself with a key (RFC 7591 §2), as it registered them.
 *
 * @param signingAlgorithm the one algorithm that it signs with (OpenID Connect Registration §2), or
 *     null for any that we know
 */
public record ClientKeys(Source source, @Nullable String signingAlgorithm) {
  /** Where the keys are. */
  public sealed interface Source {}

  /**
   * They are in the registration.
   *
   * @param jwks a JWK Set (RFC 7517 §5)
   */
  public record Inline(String jwks) implements Source {}

  /**
   * They are at an address of the client's, where it can change them.
   *
   * @param uri of a JWK Set, https
   */
  public record At(URI uri) implements Source {}
}
