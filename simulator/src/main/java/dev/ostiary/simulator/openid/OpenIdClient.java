package dev.ostiary.simulator.openid;

import java.security.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that is registered at the simulated provider.
 *
 * @param secret null for a public client, or one that has a key
 * @param key verifies its RS256 assertions ({@code private_key_jwt}); null if it has none
 * @param redirectUris compared exactly
 * @param afterSignOut where browsers may be sent after a sign-out
 */
public record OpenIdClient(
    String id,
    @Nullable String secret,
    @Nullable PublicKey key,
    List<String> redirectUris,
    List<String> afterSignOut) {
  public OpenIdClient {
    redirectUris = List.copyOf(redirectUris);
    afterSignOut = List.copyOf(afterSignOut);
  }

  /** A client with a secret and one redirect URI. */
  public static OpenIdClient confidential(String id, String secret, String redirectUri) {
    return new OpenIdClient(id, secret, null, List.of(redirectUri), List.of());
  }

  /** A client without a secret. */
  public static OpenIdClient open(String id, String redirectUri) {
    return new OpenIdClient(id, null, null, List.of(redirectUri), List.of());
  }

  /** A client that proves itself by a key. */
  public static OpenIdClient keyed(String id, PublicKey key, String redirectUri) {
    return new OpenIdClient(id, null, key, List.of(redirectUri), List.of());
  }

  /** Its id only. */
  @Override
  public String toString() {
    return id;
  }
}
