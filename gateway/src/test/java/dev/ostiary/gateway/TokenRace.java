package dev.ostiary.gateway;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A grant that ends while its token is being used; it is ended first in the store, as always. */
final class TokenRace {
  private static final GrantId GRANT = new GrantId("grant");

  private final Gateway gateway;
  private final CountDownLatch verifying = new CountDownLatch(1);
  private volatile boolean ended;

  TokenRace() {
    ServerRoute route =
        new ServerRoute(
            "race",
            "Race",
            new Resource("https://host/mcp"),
            "/mcp",
            Scopes.none(),
            (_, reply) -> reply.accepted(),
            Policy.everyCall(Scopes.none()));
    gateway =
        new Gateway(
            SampleGateway.ISSUER,
            List.of(route),
            _ -> verify(),
            Set.of(),
            Runnable::run,
            new Ticker(() -> SampleGateway.NOW, new SampleGateway.RecordingLog()),
            () -> SampleGateway.NOW,
            new SampleGateway.RecordingLog());
  }

  void call() {
    for (int i = 0; i < 20; i++) {
      isAccepted();
    }
  }

  /** Ends the grant, as soon as its token is being verified. */
  void end() throws InterruptedException {
    verifying.await();
    ended = true;
    gateway.ended(GRANT);
  }

  boolean isAccepted() {
    var exchange = new FakeExchange(Call.modern("tools/list", "").token("token").request());
    Objects.requireNonNull(gateway.services().get("/mcp")).serve(exchange);
    return exchange.status() == 202;
  }

  private Result<VerifiedToken, AccessTokenRefusal> verify() {
    if (ended) {
      return Result.refused(AccessTokenRefusal.REVOKED);
    }
    verifying.countDown();
    return Result.ok(
        new VerifiedToken(
            "jti",
            new Caller(new Subject("github:1"), new ClientId("cli"), GRANT, Scopes.none()),
            new Resource("https://host/mcp"),
            SampleGateway.NOW.plusSeconds(60)));
  }
}
