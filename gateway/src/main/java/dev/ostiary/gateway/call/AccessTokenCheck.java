package dev.ostiary.gateway.call;

import dev.ostiary.gateway.observe.ServerMetrics;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.token.Credentials;
import dev.ostiary.gateway.token.TokenCheck;
import dev.ostiary.gateway.token.TokenHash;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.Loopback;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Lets pass who shows a good access token (RFC 6750 §2.1). Verifying a new one blocks. */
final class AccessTokenCheck implements CallCheck {
  private final TokenCheck tokens;
  private final ServerMetrics metrics;
  private final Resource resource;
  private final String authority;
  private final boolean loopback;

  AccessTokenCheck(TokenCheck tokens, ServerMetrics metrics, Resource resource) {
    URI uri = URI.create(resource.value());
    this.tokens = tokens;
    this.metrics = metrics;
    this.resource = resource;
    this.authority = uri.getRawAuthority();
    this.loopback = Loopback.isLoopbackForBrowsers(uri.getHost());
  }

  @Override
  public void check(CallContext call) {
    switch (call.fields().credentials()) {
      case Credentials.None _ ->
          call.refuse(new CallRefusal.NoToken(isOtherName(call.fields().host()) ? resource : null));
      case Credentials.Malformed(String why) -> call.refuse(new CallRefusal.MalformedToken(why));
      case Credentials.Bearer(String token) -> {
        TokenHash hash = TokenHash.of(token);
        VerifiedToken known = tokens.known(hash);
        metrics.tokenLookedUp(known != null);
        if (known == null) {
          call.onExecutor(() -> verify(call, hash, token));
        } else {
          pass(call, hash, known);
        }
      }
    }
  }

  /**
   * Whether a client was told another name of this machine, such as {@code localhost}: it would
   * find that the metadata is of another resource (RFC 9728 §3.3), and stop. A public address may
   * be called by other names by the proxy in front.
   */
  private boolean isOtherName(@Nullable String host) {
    return loopback && host != null && !host.equals(authority);
  }

  private void verify(CallContext call, TokenHash hash, String token) {
    switch (tokens.verify(hash, token)) {
      case Result.Ok<VerifiedToken, AccessTokenRefusal>(VerifiedToken good) ->
          pass(call, hash, good);
      case Result.Refused<VerifiedToken, AccessTokenRefusal>(AccessTokenRefusal reason) ->
          call.refuse(new CallRefusal.BadToken(reason));
    }
  }

  private static void pass(CallContext call, TokenHash hash, VerifiedToken token) {
    call.authenticated(hash, token);
    call.pass();
  }
}
