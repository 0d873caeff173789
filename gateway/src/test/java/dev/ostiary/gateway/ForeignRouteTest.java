package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.gateway.token.TokenSource;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Servers whose access tokens come from elsewhere, beside one whose tokens are our own. */
final class ForeignRouteTest {
  private static final String JTI = "jti of good";

  private final FakeVerifier own = new FakeVerifier();
  private final SampleGateway.RecordingLog log = new SampleGateway.RecordingLog();
  private final Deque<CallReply> waiting = new ArrayDeque<>();
  private final Ticker ticker = new Ticker(() -> SampleGateway.NOW, log);
  private int asked;

  private ServerRoute route(String path) {
    return new ServerRoute(
        path,
        path,
        new Resource("https://host" + path),
        path,
        Scopes.none(),
        (_, reply) -> {
          reply.onCancel(() -> {});
          waiting.add(reply);
        },
        Policy.everyCall(Scopes.none()));
  }

  /** One that knows a single token, which is good but has to be verified again after a while. */
  private TokenSource source(String path, String known, Duration cached) {
    TokenVerifier verifier =
        token -> {
          asked++;
          return token.equals(known)
              ? Result.ok(verified(path, SampleGateway.NOW.plus(cached)))
              : Result.refused(AccessTokenRefusal.BAD_SIGNATURE);
        };
    return new TokenSource("https://login.example", verifier, UnaryOperator.identity());
  }

  private static VerifiedToken verified(String path, Instant checkAgainAt) {
    return new VerifiedToken(
        JTI,
        new Caller(new Subject("user-1"), new ClientId("app"), null, Scopes.none()),
        new Resource("https://host" + path),
        SampleGateway.NOW.plusSeconds(600),
        checkAgainAt);
  }

  private Gateway gateway(ServerRoute... routes) {
    return new Gateway(
        SampleGateway.ISSUER,
        List.of(routes),
        own,
        Set.of(),
        Runnable::run,
        ticker,
        () -> SampleGateway.NOW,
        log);
  }

  private static FakeExchange call(Gateway gateway, String path, String token) {
    var exchange =
        new FakeExchange(Call.modern("tools/list", "").path(path).token(token).request());
    Objects.requireNonNull(gateway.services().get(path)).serve(exchange);
    return exchange;
  }

  @Test
  void verifiesATokenOnceWhileItMayBeCached() {
    Gateway gateway = gateway(route("/mcp").from(source("/mcp", "good", Duration.ofSeconds(60))));

    for (int i = 0; i < 3; i++) {
      FakeExchange exchange = call(gateway, "/mcp", "good");
      waiting.remove().accepted();
      assertThat(exchange.status()).isEqualTo(202);
    }

    assertThat(asked).isEqualTo(1);
    assertThat(gateway.knownTokens()).isEqualTo(1);
  }

  /** The word of the authorization server is good for the call that it was asked for. */
  @Test
  void endsNoCallBecauseItsTokenHasToBeVerifiedAgain() {
    Gateway gateway = gateway(route("/mcp").from(source("/mcp", "good", Duration.ZERO)));

    FakeExchange exchange = call(gateway, "/mcp", "good");
    assertThat(gateway.runningCalls()).isEqualTo(1);
    waiting.remove().accepted();

    assertThat(exchange.status()).isEqualTo(202);
    assertThat(gateway.runningCalls()).isZero();
  }

  @Test
  void knowsATokenForOneServerAlone() {
    Gateway gateway =
        gateway(
            route("/mcp").from(source("/mcp", "good", Duration.ofSeconds(60))),
            route("/other").from(source("/other", "else", Duration.ofSeconds(60))),
            route("/own"));
    FakeExchange good = call(gateway, "/mcp", "good");
    waiting.remove().accepted();

    assertThat(good.status()).isEqualTo(202);
    assertThat(call(gateway, "/other", "good").status()).isEqualTo(401);
    assertThat(call(gateway, "/own", "good").status()).isEqualTo(401);
  }

  /** News of our own grants is of no concern to it, and neither is their absence. */
  @Test
  void goesOnWhateverHappensToOurOwnGrants() {
    Gateway gateway =
        gateway(route("/mcp").from(source("/mcp", "good", Duration.ofSeconds(60))), route("/own"));
    FakeExchange exchange = call(gateway, "/mcp", "good");

    gateway.revoked(JTI);
    gateway.ended(FakeVerifier.grant("good"));
    own.loseTouch();
    ticker.tick();
    assertThat(call(gateway, "/own", "good").status()).isEqualTo(503);
    waiting.remove().accepted();

    assertThat(exchange.status()).isEqualTo(202);
  }
}
