package dev.ostiary.checker.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A signed JWT, taken apart without believing it (RFC 7515 §7.1). */
public record Jwt(ObjectNode header, ObjectNode claims, String signature) {
  static @Nullable Jwt parse(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    ObjectNode header = decode(parts[0]);
    ObjectNode claims = decode(parts[1]);
    return header == null || claims == null ? null : new Jwt(header, claims, parts[2]);
  }

  private static @Nullable ObjectNode decode(String part) {
    try {
      String json = new String(Base64.getUrlDecoder().decode(part), UTF_8);
      return JsonMapper.shared().readTree(json) instanceof ObjectNode object ? object : null;
    } catch (IllegalArgumentException | JacksonException malformed) {
      return null;
    }
  }

  public String algorithm() {
    return header.path("alg").asString("");
  }

  public String type() {
    return header.path("typ").asString("");
  }

  /** A text claim; empty if there is none. */
  public String claim(String name) {
    return claims.path(name).asString("");
  }

  /** The audiences: one or several. */
  public List<String> audiences() {
    JsonNode audience = claims.path("aud");
    return audience.isString() ? List.of(audience.asString()) : Metadata.texts(audience);
  }

  /** What is signed, for a header and claims that may be others than these. */
  public static String signed(ObjectNode header, ObjectNode claims) {
    return encode(header.toString().getBytes(UTF_8))
        + "."
        + encode(claims.toString().getBytes(UTF_8));
  }

  public static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** This token with its signature changed in one place. */
  public String tampered() {
    char first = signature.isEmpty() ? 'A' : signature.charAt(0);
    String rest = signature.isEmpty() ? "" : signature.substring(1);
    return signed(header, claims) + "." + (first == 'A' ? 'B' : 'A') + rest;
  }

  /** Nothing of the signature. */
  @Override
  public String toString() {
    return "JWT " + header;
  }
}
