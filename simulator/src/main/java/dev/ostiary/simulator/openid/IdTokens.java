package dev.ostiary.simulator.openid;

import dev.ostiary.simulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/** Makes ID tokens (OpenID Connect Core §2). */
final class IdTokens {
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final SigningKeys keys;
  private final OpenIdFaults faults;

  IdTokens(SigningKeys keys, OpenIdFaults faults) {
    this.keys = keys;
    this.faults = faults;
  }

  String make(String issuer, OpenIdTokens.SignedIn signedIn, String accessToken, Instant now) {
    ObjectNode claims = signedIn.user().claims(signedIn.scopes());
    claims
        .put("iss", issuer)
        .put("aud", signedIn.client().id())
        .put("iat", now.getEpochSecond())
        .put("exp", now.plus(LIFE).getEpochSecond())
        .put("at_hash", half(accessToken));
    if (signedIn.nonce() != null) {
      claims.put("nonce", signedIn.nonce());
    }
    String input =
        part(faults.changedHeader(keys.header())) + "." + part(faults.changedClaims(claims));
    return input + "." + SigningKeys.encode(faults.signatureOf(input));
  }

  static String part(ObjectNode node) {
    return SigningKeys.encode(Json.write(node));
  }

  /** The left half of the hash (OpenID Connect Core §3.1.3.6). */
  private static String half(String accessToken) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
      return SigningKeys.encode(Arrays.copyOf(hash, hash.length / 2));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
