package dev.ostiary.gateway;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Knows some tokens, and counts how often it is asked. */
final class FakeVerifier implements TokenVerifier {
  private final Map<String, Result<VerifiedToken, AccessTokenRefusal>> tokens = new HashMap<>();
  private Runnable meanwhile = () -> {};
  private int asked;
  private boolean outOfTouch;

  FakeVerifier knows(String token, Resource audience, String scopes, Instant expiresAt) {
    return knowsAs("github:1", token, audience, scopes, expiresAt);
  }

  FakeVerifier knowsAs(
      String subject, String token, Resource audience, String scopes, Instant expiresAt) {
    Caller caller =
        new Caller(
            new Subject(subject),
            new ClientId("cli"),
            grant(token),
            scopes.isEmpty() ? Scopes.none() : Scopes.parse(scopes).orElseThrow());
    tokens.put(token, Result.ok(new VerifiedToken("jti of " + token, caller, audience, expiresAt)));
    return this;
  }

  FakeVerifier refuses(String token, AccessTokenRefusal reason) {
    tokens.put(token, Result.refused(reason));
    return this;
  }

  /** Does this once, while the next token is being verified. */
  void meanwhile(Runnable action) {
    meanwhile = action;
  }

  /** From now on it does not hear of grants that end. */
  void loseTouch() {
    outOfTouch = true;
  }

  @Override
  public boolean isCurrent() {
    return !outOfTouch;
  }

  int asked() {
    return asked;
  }

  static GrantId grant(String token) {
    return new GrantId("grant of " + token);
  }

  @Override
  public Result<VerifiedToken, AccessTokenRefusal> verify(String token) {
    asked++;
    if (outOfTouch) {
      return Result.refused(AccessTokenRefusal.UNAVAILABLE);
    }
    Result<VerifiedToken, AccessTokenRefusal> answer =
        tokens.getOrDefault(token, Result.refused(AccessTokenRefusal.MALFORMED));
    Runnable action = meanwhile;
    meanwhile = () -> {};
    action.run();
    return answer;
  }
}
