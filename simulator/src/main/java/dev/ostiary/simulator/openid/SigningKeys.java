package dev.ostiary.simulator.openid;

import dev.ostiary.simulator.http.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The keys that sign ID tokens with ES256; the last one signs, all are published. */
final class SigningKeys {
  private static final int COORDINATE = 32;

  private record Key(String id, KeyPair pair) {}

  private final List<Key> keys = new ArrayList<>();
  private int made;

  SigningKeys() {
    rotate();
  }

  /** A new key in place of all earlier ones. */
  synchronized void rotate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys.clear();
      keys.add(new Key("key-" + ++made, generator.generateKeyPair()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has P-256", impossible);
    }
  }

  synchronized ObjectNode header() {
    return Json.object().put("alg", "ES256").put("typ", "JWT").put("kid", keys.getLast().id());
  }

  synchronized byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getLast().pair().getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot sign with ES256", impossible);
    }
  }

  /** As a JWK Set (RFC 7517 §5). */
  synchronized ObjectNode published() {
    ObjectNode set = Json.object();
    ArrayNode list = set.putArray("keys");
    for (Key key : keys) {
      ECPublicKey point = (ECPublicKey) key.pair().getPublic();
      list.addObject()
          .put("kty", "EC")
          .put("crv", "P-256")
          .put("use", "sig")
          .put("alg", "ES256")
          .put("kid", key.id())
          .put("x", coordinate(point.getW().getAffineX()))
          .put("y", coordinate(point.getW().getAffineY()));
    }
    return set;
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE];
    int length = Math.min(bytes.length, COORDINATE);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE - length, length);
    return encode(fixed);
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
