package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How upstream tokens are kept: access and refresh token as a form, sealed to the upstream and user
 * they belong to, so that a row copied to another user does not open.
 */
final class UpstreamTokenCodec {
  private final Sealer sealer;

  UpstreamTokenCodec(Sealer sealer) {
    this.sealer = sealer;
  }

  Sealed seal(UpstreamTokenResponse tokens, String upstream, String user) {
    Secret refresh = tokens.refreshToken();
    String text =
        "access_token="
            + encode(tokens.accessToken())
            + (refresh == null ? "" : "&refresh_token=" + encode(refresh));
    return sealer.seal(text, context(upstream, user));
  }

  /** The tokens; empty if they were sealed with another master key or for somebody else. */
  Optional<UpstreamTokenResponse> open(UpstreamToken token) {
    return open(token.tokens(), token.upstream(), token.user(), token.scopes(), token.expiresAt());
  }

  Optional<UpstreamTokenResponse> open(
      Sealed text, String upstream, String user, Scopes scopes, @Nullable Instant expiresAt) {
    return sealer
        .open(text, context(upstream, user))
        .map(UpstreamTokenCodec::parse)
        .map(
            form ->
                new UpstreamTokenResponse(
                    new Secret(form.first("access_token").orElseThrow()),
                    form.first("refresh_token").map(Secret::new).orElse(null),
                    expiresAt,
                    scopes));
  }

  private static Parameters parse(String text) {
    if (Parameters.parse(text) instanceof Result.Ok<Parameters, ?>(Parameters form)) {
      return form;
    }
    throw new IllegalStateException("what we sealed cannot be read");
  }

  private static String context(String upstream, String user) {
    return "tokens of user " + user + " at upstream " + upstream;
  }

  private static String encode(Secret secret) {
    return URLEncoder.encode(secret.reveal(), StandardCharsets.UTF_8);
  }
}
