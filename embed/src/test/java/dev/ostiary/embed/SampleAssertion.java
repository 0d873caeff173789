package dev.ostiary.embed;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An assertion as a client makes it when nothing is wrong, for a test to change. */
final class SampleAssertion {
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();

  private SampleAssertion(String client, Instant now) {
    header.put("alg", "ES256");
    header.put("typ", "client-authentication+jwt");
    header.put("kid", SampleKeys.EC.getKeyID());
    claims.put("iss", client);
    claims.put("sub", client);
    claims.put("aud", AttackedOstiary.URL);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + 60);
  }

  static SampleAssertion of(String client, Instant now) {
    return new SampleAssertion(client, now);
  }

  /** Changes a claim, or takes it away. */
  SampleAssertion claim(String name, @Nullable Object value) {
    return change(claims, name, value);
  }

  /** Changes a member of the header, or takes it away. */
  SampleAssertion header(String name, @Nullable Object value) {
    return change(header, name, value);
  }

  private SampleAssertion change(Map<String, Object> members, String name, @Nullable Object value) {
    if (value == null) {
      members.remove(name);
    } else {
      members.put(name, value);
    }
    return this;
  }

  /** Signs with the key and algorithm that the header names. */
  String signedBy(JWK key) {
    return signedBy(key, String.valueOf(header.get("alg")));
  }

  /** Signs with another algorithm than the header says. */
  String signedBy(JWK key, String algorithm) {
    try {
      JWSAlgorithm named = JWSAlgorithm.parse(algorithm);
      JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, named);
      byte[] input = input().getBytes(StandardCharsets.US_ASCII);
      JWSHeader plain = new JWSHeader.Builder(named).build();
      return input() + "." + signer.sign(plain, input);
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** With this in the place of a signature. */
  String signedWith(String signature) {
    return input() + "." + signature;
  }

  private String input() {
    return encode(header) + "." + encode(claims);
  }

  private static Base64URL encode(Map<String, Object> members) {
    return Base64URL.encode(JsonMapper.shared().writeValueAsString(members));
  }
}
