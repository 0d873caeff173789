package dev.ostiary.connector.openid;

import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads private keys as they are configured; needs no library. */
final class PrivateKeys {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private PrivateKeys() {}

  static boolean isReadable(Secret text) {
    return isJwk(text)
        ? Json.readObject(text.reveal().strip().getBytes(StandardCharsets.UTF_8))
            .filter(
                jwk -> {
                  String type = jwk.path("kty").asString("");
                  return jwk.has("d") && (type.equals("RSA") || type.equals("EC"));
                })
            .isPresent()
        : pem(text).isPresent();
  }

  static boolean isJwk(Secret text) {
    return text.reveal().strip().startsWith("{");
  }

  /** The key of a PEM file; empty if it is none, or of another kind than RSA and EC. */
  static Optional<PrivateKey> pem(Secret text) {
    Matcher matcher = PEM.matcher(text.reveal());
    if (!matcher.find()) {
      return Optional.empty();
    }
    byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
    return Stream.of("RSA", "EC").flatMap(kind -> key(kind, encoded).stream()).findFirst();
  }

  private static Optional<PrivateKey> key(String kind, byte[] encoded) {
    try {
      return Optional.of(
          KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (InvalidKeySpecException | NoSuchAlgorithmException other) {
      return Optional.empty();
    }
  }
}
