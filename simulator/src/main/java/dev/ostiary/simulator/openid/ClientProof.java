package dev.ostiary.simulator.openid;

import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Parameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a client proves itself: by secret, by key, or, if it is public, by its id alone. */
final class ClientProof {
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private ClientProof() {}

  static Optional<OpenIdClient> check(
      OpenIdProviderSettings settings, Request request, Parameters form, String issuer) {
    Optional<String> basic =
        request
            .headers()
            .first("Authorization")
            .filter(value -> value.startsWith("Basic "))
            .map(value -> value.substring("Basic ".length()));
    if (basic.isPresent()) {
      return basic(settings, basic.get());
    }
    if (form.find("client_assertion").isPresent()) {
      return assertion(settings, form, issuer);
    }
    return settings
        .client(form.value("client_id"))
        .filter(client -> client.key() == null)
        .filter(client -> isSecret(client.secret(), form.find("client_secret").orElse(null)));
  }

  private static Optional<OpenIdClient> basic(OpenIdProviderSettings settings, String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : settings
              .client(Parameters.decode(pair.substring(0, colon)))
              .filter(
                  client ->
                      isSecret(client.secret(), Parameters.decode(pair.substring(colon + 1))));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static boolean isSecret(@Nullable String expected, @Nullable String given) {
    return (expected == null || given == null)
        ? expected == null && given == null
        : MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** RFC 7523 §3: RS256 by the registered key, about this client, for this issuer. */
  private static Optional<OpenIdClient> assertion(
      OpenIdProviderSettings settings, Parameters form, String issuer) {
    String[] parts = form.value("client_assertion").split("\\.", -1);
    if (parts.length != 3 || !form.value("client_assertion_type").equals(ASSERTION)) {
      return Optional.empty();
    }
    try {
      Optional<JsonNode> claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
      String subject = claims.map(each -> each.path("sub").asString("")).orElse("");
      String audience = claims.map(each -> each.path("aud").asString("")).orElse("");
      return settings
          .client(subject)
          .filter(_ -> audience.equals(issuer) || audience.equals(issuer + "/token"))
          .filter(client -> isSigned(client.key(), parts));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static boolean isSigned(@Nullable PublicKey key, String[] parts) {
    if (key == null) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException wrong) {
      return false;
    }
  }
}
