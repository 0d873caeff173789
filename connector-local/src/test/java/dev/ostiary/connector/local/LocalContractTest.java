package dev.ostiary.connector.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.testkit.connector.ConnectorContract;
import dev.ostiary.testkit.connector.ConnectorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class LocalContractTest extends ConnectorContract {
  private static final String PASSWORD = "correct horse battery staple";
  private static final LocalUser ALICE =
      new LocalUser(new Secret(PasswordHash.of(new Secret(PASSWORD))));

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private Connector connector = open(UnaryOperator.identity(), AllowRule.ANYBODY);

  /** There is no list of those who may sign in: one who is not meant is not configured. */
  @Override
  protected Connector open(UnaryOperator<Outbound> network, AllowRule allow) {
    connector =
        new LocalSettings(Map.of("alice", ALICE, "bob", ALICE))
            .open(
                ConnectorSamples.dependencies(
                    "local",
                    network.apply(new NoNetwork()),
                    new MemoryStore().upstreamNames(),
                    _ -> {},
                    () -> now));
    return connector;
  }

  @Override
  protected Parameters approve(URI authorizationUri) {
    return answer(authorizationUri, "sign-in");
  }

  @Override
  protected Parameters deny(URI authorizationUri) {
    return answer(authorizationUri, "cancel");
  }

  private Parameters answer(URI uri, String decision) {
    LocalBrowser browser = new LocalBrowser(connector);
    Reply reply = browser.post(browser.get(uri), "alice", PASSWORD, decision);
    String location = reply.headers().first("Location").orElseThrow();
    return parameters(location.substring(location.indexOf('?') + 1));
  }

  @Override
  protected AllowRule somebodyElse() {
    return AllowRule.ANYBODY;
  }

  /** A user who is taken out of the configuration while they sign in. */
  @Override
  @Test
  public void refusesAUserWhoIsNotOnTheList() {
    UpstreamIdentity alice = signedIn(open(UnaryOperator.identity(), AllowRule.ANYBODY));
    Connector later =
        new LocalSettings(Map.of("bob", ALICE))
            .open(
                ConnectorSamples.dependencies(
                    "local",
                    new NoNetwork(),
                    new MemoryStore().upstreamNames(),
                    _ -> {},
                    () -> now));

    assertThat(later.upstream().check(alice.tokens()))
        .isEqualTo(
            Result.refused(
                new UpstreamRefusal.NotAllowed(
                    "alice", "alice", List.of("is not one of the users of sign-in.local"))));
  }

  @Override
  protected Secret clientSecret() {
    return new Secret(PASSWORD);
  }

  @Override
  protected void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  protected boolean asksAProvider() {
    return false;
  }
}
