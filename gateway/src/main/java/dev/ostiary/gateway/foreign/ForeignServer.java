package dev.ostiary.gateway.foreign;

import dev.ostiary.gateway.token.TokenSource;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.http.Body;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.protocol.Result;
import java.lang.System.Logger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A foreign authorization server whose access tokens one protected resource accepts. */
public final class ForeignServer {
  private static final int PROBE_BYTES = 24;

  private final ForeignSettings settings;
  private final GuardedFetch fetch;
  private final Remote<ForeignMetadata> metadata;
  private final Remote<ForeignKeySet> keys;
  private final @Nullable IntrospectionEndpoint introspection;
  private final TokenVerifier verifier;

  /**
   * @param fetch may reach the host of the issuer and of the metadata wherever they are
   */
  public ForeignServer(
      ForeignSettings settings, GuardedFetch fetch, InstantSource time, Logger log) {
    TroubleLog trouble = new TroubleLog(settings.issuer(), log);
    this.settings = settings;
    this.fetch = fetch;
    this.metadata = new Remote<>(() -> ForeignMetadata.fetch(settings, fetch), time);
    this.keys = new Remote<>(this::fetchKeys, time);
    this.introspection =
        settings.introspection() == null
            ? null
            : new IntrospectionEndpoint(settings.introspection(), metadata, fetch);
    this.verifier =
        introspection == null
            ? new JwtVerifier(settings, keys, trouble, time)
            : new IntrospectionVerifier(settings, introspection, trouble, time);
  }

  /** Its access tokens. */
  public TokenSource source() {
    return new TokenSource(settings.issuer(), verifier, settings.scopes()::wire);
  }

  /**
   * Something that was looked at.
   *
   * @param problem what is wrong with it; null if nothing is
   */
  public record Finding(String subject, String detail, @Nullable String problem) {}

  /** Looks at everything that can be looked at without an access token. Blocks. */
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    switch (metadata.current()) {
      case Result.Refused<ForeignMetadata, String>(String why) ->
          findings.add(new Finding("metadata", settings.issuer(), why));
      case Result.Ok<ForeignMetadata, String>(ForeignMetadata found) -> {
        findings.add(new Finding("metadata", found.place().toString(), null));
        findings.add(introspection == null ? keys() : introspection(introspection));
      }
    }
    return List.copyOf(findings);
  }

  private Finding keys() {
    return switch (keys.current()) {
      case Result.Ok<ForeignKeySet, String>(ForeignKeySet set) ->
          new Finding("keys", set.size() + " for signatures", null);
      case Result.Refused<ForeignKeySet, String>(String why) -> new Finding("keys", "", why);
    };
  }

  /** Asks about a token that was never issued: who may ask learns that it is not active. */
  private static Finding introspection(IntrospectionEndpoint endpoint) {
    byte[] random = new byte[PROBE_BYTES];
    new SecureRandom().nextBytes(random);
    String subject = "introspection";
    return switch (endpoint.ask(HexFormat.of().formatHex(random))) {
      case IntrospectionEndpoint.Inactive _ -> new Finding(subject, "the client may ask", null);
      case IntrospectionEndpoint.Active _ ->
          new Finding(subject, "", "the endpoint calls a token active that was never issued");
      case IntrospectionEndpoint.Failed(String why) -> new Finding(subject, "", why);
    };
  }

  private Result<ForeignKeySet, String> fetchKeys() {
    return metadata.current().then(this::fetchKeys);
  }

  private Result<ForeignKeySet, String> fetchKeys(ForeignMetadata found) {
    URI place = found.keys();
    if (place == null) {
      return Result.refused(found.place() + " names no jwks_uri");
    }
    return switch (fetch.get(place)) {
      case Fetched.Document(Body.Whole content, var _) ->
          switch (ForeignKeySet.parse(content.bytes())) {
            case Result.Ok<ForeignKeySet, String> good -> good;
            case Result.Refused<ForeignKeySet, String>(String why) ->
                Result.refused(place + " " + why);
          };
      case Fetched.NotModified _ -> Result.refused(place + " answers 304");
      case Fetched.Refused(FetchRefusal refusal) ->
          Result.refused(place + " " + FetchProblem.text(refusal));
    };
  }
}
