package dev.ostiary.gateway.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ostiary.gateway.foreign.ForeignSettings.IntrospectionClient;
import dev.ostiary.http.Body;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import java.net.URI;
import java.net.URLEncoder;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The introspection endpoint of a foreign authorization server (RFC 7662 §2). */
final class IntrospectionEndpoint {
  private final IntrospectionClient client;
  private final Remote<ForeignMetadata> metadata;
  private final GuardedFetch fetch;

  IntrospectionEndpoint(
      IntrospectionClient client, Remote<ForeignMetadata> metadata, GuardedFetch fetch) {
    this.client = client;
    this.metadata = metadata;
    this.fetch = fetch;
  }

  /** What it says of a token. */
  sealed interface Answer {}

  /** The token is good, as far as the authorization server is concerned. */
  record Active(JWTClaimsSet claims) implements Answer {}

  /** The token is no good, or unknown. */
  record Inactive() implements Answer {}

  /** It cannot be found out. */
  record Failed(String why) implements Answer {}

  /** Asks. Blocks for a bounded time. */
  Answer ask(String token) {
    return switch (metadata.current()) {
      case Result.Refused<ForeignMetadata, String>(String why) -> new Failed(why);
      case Result.Ok<ForeignMetadata, String>(ForeignMetadata found) -> {
        URI endpoint = found.introspection();
        yield endpoint == null
            ? new Failed(found.place() + " names no introspection_endpoint")
            : ask(endpoint, token);
      }
    };
  }

  private Answer ask(URI endpoint, String token) {
    String form = "token=" + encoded(token) + "&token_type_hint=access_token";
    return switch (fetch.post(endpoint, authorization(), form)) {
      case Fetched.Document(Body.Whole content, var _) -> read(endpoint, content);
      case Fetched.NotModified _ -> new Failed(endpoint + " answers 304");
      case Fetched.Refused(FetchRefusal refusal)
          when refusal instanceof FetchRefusal.StatusNotOk(int status)
              && (status == 401 || status == 403) ->
          new Failed(
              "%s answers %d: introspection.client-id or client-secret is wrong, or this client may not introspect"
                  .formatted(endpoint, status));
      case Fetched.Refused(FetchRefusal refusal) ->
          new Failed(endpoint + " " + FetchProblem.text(refusal));
    };
  }

  private static Answer read(URI endpoint, Body.Whole content) {
    Optional<ObjectNode> document = Json.readObject(content.bytes());
    if (document.isEmpty() || !document.get().path("active").isBoolean()) {
      return new Failed(endpoint + " answers with something else than RFC 7662 §2.2 has");
    }
    if (!document.get().path("active").booleanValue()) {
      return new Inactive();
    }
    try {
      return new Active(JWTClaimsSet.parse(content.utf8()));
    } catch (ParseException | IllegalArgumentException malformed) {
      return new Failed(endpoint + " answers with members of other types than RFC 7662 §2.2 has");
    }
  }

  /** Form-encoded before it is put together (RFC 6749 §2.3.1). */
  private String authorization() {
    String pair = encoded(client.id()) + ":" + encoded(client.secret().reveal());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
