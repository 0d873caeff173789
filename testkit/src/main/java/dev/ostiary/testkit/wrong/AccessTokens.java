package dev.ostiary.testkit.wrong;

import static dev.ostiary.testkit.wrong.Fault.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.testkit.wrong.World.Grant;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The access tokens of the wrong server: JWTs, and who believes them. RFC 9068. */
final class AccessTokens {
  private static final Duration LIFETIME = Duration.ofMinutes(2);
  private static final String KEY_ID = "wrong-1";

  private final World world;
  private final KeyPair keys;

  AccessTokens(World world) {
    this.world = world;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static long lifetime() {
    return LIFETIME.toSeconds();
  }

  ObjectNode publicKey() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    return World.object()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("kid", KEY_ID)
        .put("alg", "ES256")
        .put("use", "sig")
        .put("x", coordinate(key.getW().getAffineX()))
        .put("y", coordinate(key.getW().getAffineY()));
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return encode(fixed);
  }

  String mint(Grant grant, String scope) {
    boolean shared = world.has(SHARED_SECRET);
    ObjectNode header = World.object().put("alg", shared ? "HS256" : "ES256").put("kid", KEY_ID);
    header.put("typ", world.has(PLAIN_JWT) ? "JWT" : "at+jwt");
    long now = world.time.instant().getEpochSecond();
    ObjectNode claims =
        World.object()
            .put("iss", world.issuer())
            .put("sub", "wrong:1")
            .put("aud", world.has(OTHER_AUDIENCE) ? "https://api.example" : grant.resource)
            .put("exp", now + LIFETIME.toSeconds())
            .put("iat", now)
            .put("jti", world.chance())
            .put("grant", grant.id)
            .put("scope", scope);
    if (!world.has(FEW_CLAIMS)) {
      claims.put("client_id", grant.client);
    }
    String signed = encode(header.toString()) + "." + encode(claims.toString());
    return signed + "." + encode(shared ? mac(signed) : sign(signed));
  }

  /** The claims of a token that is good for a resource; null for every other. */
  @org.jspecify.annotations.Nullable
  ObjectNode verify(String token, String resource) {
    ObjectNode claims = read(token);
    if (claims == null || world.has(OWN_TOKENS_REFUSED)) {
      return null;
    }
    boolean expired = claims.path("exp").asLong() <= world.time.instant().getEpochSecond();
    boolean audience =
        world.has(ANY_AUDIENCE)
            || world.has(OTHER_AUDIENCE)
            || claims.path("aud").asString("").equals(resource);
    boolean alive =
        world.grants.stream()
            .anyMatch(grant -> grant.id.equals(claims.path("grant").asString("")) && alive(grant));
    boolean revoked = world.revokedTokens.contains(token) && !world.has(ACCESS_OUTLIVES_REVOCATION);
    return (!expired || world.has(EXPIRED_TAKEN)) && audience && alive && !revoked ? claims : null;
  }

  private boolean alive(Grant grant) {
    return !grant.ended || world.has(ACCESS_OUTLIVES_REFRESH);
  }

  private @org.jspecify.annotations.Nullable ObjectNode read(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      ObjectNode header = World.parse(Base64.getUrlDecoder().decode(parts[0]));
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      return believes(header.path("alg").asString(""), parts[0] + "." + parts[1], signature)
          ? World.parse(Base64.getUrlDecoder().decode(parts[1]))
          : null;
    } catch (IllegalArgumentException | JacksonException malformed) {
      return null;
    }
  }

  private boolean believes(String algorithm, String signed, byte[] signature) {
    return switch (algorithm) {
      case "none" -> world.has(UNSIGNED_TAKEN);
      case "HS256" ->
          (world.has(SHARED_SECRET) || world.has(CONFUSED))
              && MessageDigest.isEqual(mac(signed), signature);
      case "ES256" -> world.has(ANY_SIGNATURE) || world.has(ANY_KEY) || verifies(signed, signature);
      default -> false;
    };
  }

  private byte[] mac(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(publicKey().toString().getBytes(UTF_8), "HmacSHA256"));
      return mac.doFinal(signed.getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private byte[] sign(String signed) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private boolean verifies(String signed, byte[] octets) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(keys.getPublic());
      signature.update(signed.getBytes(UTF_8));
      return signature.verify(Arrays.copyOf(octets, octets.length));
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static String encode(String text) {
    return encode(text.getBytes(UTF_8));
  }

  private static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
