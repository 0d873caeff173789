package dev.ostiary.checker.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.checker.server.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Access tokens that say the same as a good one, and that must be refused. RFC 8725. */
final class Forgery {
  private Forgery() {}

  /** With the algorithm none. */
  static String unsigned(Jwt jwt, JsonNode key) {
    ObjectNode header = jwt.header().deepCopy();
    header.put("alg", "none");
    return Jwt.signed(header, jwt.claims()) + ".";
  }

  /** With the public key as a shared secret. */
  static String confused(Jwt jwt, JsonNode key) {
    ObjectNode header = jwt.header().deepCopy();
    header.put("alg", "HS256");
    String signed = Jwt.signed(header, jwt.claims());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.toString().getBytes(UTF_8), "HmacSHA256"));
      return signed + "." + Jwt.encode(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java platform has HmacSHA256", impossible);
    }
  }

  /** With a key made for the purpose. */
  static String foreign(Jwt jwt, JsonNode key) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      ObjectNode header = jwt.header().deepCopy();
      header.put("alg", "ES256");
      String signed = Jwt.signed(header, jwt.claims());
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + Jwt.encode(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java platform has ECDSA with P-256", impossible);
    }
  }
}
