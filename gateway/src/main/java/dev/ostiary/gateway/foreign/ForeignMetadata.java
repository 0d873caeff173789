package dev.ostiary.gateway.foreign;

import dev.ostiary.http.Body;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a foreign authorization server publishes about itself, as far as a protected resource needs
 * it (RFC 8414 §2).
 *
 * @param place where it was found
 * @param keys where its keys are; null if it says nothing of them
 * @param introspection its introspection endpoint; null if it says nothing of one
 */
record ForeignMetadata(URI place, @Nullable URI keys, @Nullable URI introspection) {
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  /** Fetches it from the first place that has it. Blocks. */
  static Result<ForeignMetadata, String> fetch(ForeignSettings settings, GuardedFetch fetch) {
    List<String> problems = new ArrayList<>();
    for (URI place : places(settings)) {
      switch (fetch.get(place)) {
        case Fetched.Document(Body.Whole content, var _) -> {
          switch (read(place, content, settings.issuer())) {
            case Result.Ok<ForeignMetadata, String> good -> {
              return good;
            }
            case Result.Refused<ForeignMetadata, String>(String why) -> problems.add(why);
          }
        }
        case Fetched.NotModified _ -> problems.add(place + " answers 304");
        case Fetched.Refused(FetchRefusal refusal) -> {
          problems.add(place + " " + FetchProblem.text(refusal));
          if (FetchProblem.isOfTheHost(refusal)) {
            return Result.refused(String.join("; ", problems));
          }
        }
      }
    }
    return Result.refused(String.join("; ", problems));
  }

  /**
   * In the order in which MCP clients try them: RFC 8414 §3.1, the same for OpenID Connect, and
   * OpenID Connect Discovery §4.1.
   */
  static List<URI> places(ForeignSettings settings) {
    if (settings.metadata() != null) {
      return List.of(settings.metadata());
    }
    URI issuer = URI.create(settings.issuer());
    String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
    String path = issuer.getRawPath().replaceFirst("/$", "");
    return List.of(origin + OAUTH + path, origin + OPENID + path, origin + path + OPENID).stream()
        .distinct()
        .map(URI::create)
        .toList();
  }

  private static Result<ForeignMetadata, String> read(
      URI place, Body.Whole content, String issuer) {
    Optional<ObjectNode> document = Json.readObject(content.bytes());
    if (document.isEmpty()) {
      return Result.refused(place + " is not a JSON object");
    }
    String named = text(document.get(), "issuer").orElse("");
    if (!named.equals(issuer)) {
      return Result.refused(
          "%s names the issuer \"%s\", and authorization-server.issuer is \"%s\": they must be equal, byte for byte"
              .formatted(place, named, issuer));
    }
    return Result.ok(
        new ForeignMetadata(
            place, uri(document.get(), "jwks_uri"), uri(document.get(), "introspection_endpoint")));
  }

  private static @Nullable URI uri(ObjectNode document, String member) {
    try {
      return text(document, member).map(URI::create).orElse(null);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static Optional<String> text(ObjectNode document, String member) {
    return document.path(member).isString()
        ? Optional.of(document.path(member).stringValue())
        : Optional.empty();
  }
}
