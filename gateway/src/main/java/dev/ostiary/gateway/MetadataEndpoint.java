package dev.ostiary.gateway;

import dev.ostiary.http.Access;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.metadata.ProtectedResourceMetadata;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The metadata of a protected resource, at one of its addresses (RFC 9728 §3). */
final class MetadataEndpoint implements Endpoint {
  private static final String LIFETIME = "public, max-age=300";

  private final String path;
  private final String etag;
  private final Reply document;

  MetadataEndpoint(String path, ProtectedResourceMetadata metadata) {
    byte[] json = metadata.toJson();
    this.path = path;
    this.etag = etag(json);
    this.document =
        new Reply(
            200,
            Headers.of("Content-Type", "application/json", "Cache-Control", LIFETIME, "ETag", etag),
            Body.of(json));
  }

  @Override
  public Route route() {
    return Route.get(path).anyOrigin();
  }

  @Override
  public Access access() {
    return Access.ANYBODY;
  }

  @Override
  public Reply handle(Request request) {
    return isKnown(request)
        ? Reply.of(304).with("Cache-Control", LIFETIME).with("ETag", etag)
        : document;
  }

  /**
   * By the weak comparison: a proxy that compresses makes the tag a weak one (RFC 9110 §13.1.2).
   */
  private boolean isKnown(Request request) {
    return request.headers().all("If-None-Match").stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
  }

  private static String etag(byte[] json) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
      return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
