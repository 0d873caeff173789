package dev.ostiary.authorization.metadata;

import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/** A public JSON document that anybody may read and keep for a while (RFC 9110 §8.8.3, §13.1.2). */
final class DocumentEndpoint implements Endpoint {
  private static final String CACHE = "public, max-age=300";

  private final Route route;
  private final Supplier<String> document;

  DocumentEndpoint(String path, Supplier<String> document) {
    this.route = Route.get(path).anyOrigin();
    this.document = document;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Access access() {
    return Access.ANYBODY;
  }

  @Override
  public Reply handle(Request request) {
    String json = document.get();
    String tag = tag(json);
    Reply reply = isKnown(request, tag) ? Reply.of(304) : Reply.json(200, json);
    return reply.with("ETag", tag).with("Cache-Control", CACHE);
  }

  private static String tag(String json) {
    return '"'
        + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(json).bytes())
        + '"';
  }

  private static boolean isKnown(Request request, String tag) {
    return request.headers().all("If-None-Match").stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .map(String::strip)
        .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
  }
}
