package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.requirements.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GivingUpTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @Test
  @Requirement("T-11")
  void interruptsAModernCallWhenItsClientGoesAway() throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      FakeExchange exchange =
          endless(threads).gateway().send(Call.modernTool("endless").token("good"));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      exchange.abort();

      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  @Requirement("T-54")
  void letsALegacyCallRunOn() throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RecordingConnector connector = endless(threads);
      FakeExchange exchange =
          connector
              .gateway()
              .send(Call.legacy("2025-11-25", "tools/call", "\"name\":\"endless\"").token("good"));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      exchange.abort();

      assertThat(interrupted.getCount()).isEqualTo(1);
      connector.gateway().gateway.ended(FakeVerifier.grant("good"));
      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void answersAndInterruptsTheCallsOfAGrantThatEnds() throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RecordingConnector connector = endless(threads);
      FakeExchange exchange = connector.gateway().send(Call.modernTool("endless").token("good"));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      connector.gateway().gateway.ended(FakeVerifier.grant("good"));

      assertThat(exchange.status()).isEqualTo(401);
      assertThat(exchange.header("WWW-Authenticate")).contains("invalid_token");
      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void answersAndInterruptsTheCallsOfATokenThatIsRevoked() throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RecordingConnector connector = endless(threads);
      FakeExchange exchange = connector.gateway().send(Call.modernTool("endless").token("good"));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      connector.gateway().gateway.revoked("jti of another");
      assertThat(interrupted.getCount()).isEqualTo(1);
      connector.gateway().gateway.revoked("jti of good");

      assertThat(exchange.status()).isEqualTo(401);
      assertThat(exchange.header("WWW-Authenticate")).contains("invalid_token");
      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void answersACallWhoseGrantEndsJustBeforeItRuns() {
    AtomicReference<Gateway> gateway = new AtomicReference<>();
    List<String> givenUp = new ArrayList<>();
    var sample =
        SampleGateway.with(
            (_, reply) -> {
              Objects.requireNonNull(gateway.get()).ended(FakeVerifier.grant("good"));
              reply.onCancel(() -> givenUp.add("given up"));
            });
    gateway.set(sample.gateway);

    FakeExchange exchange = sample.send(Call.modernTool("whoami").token("good"));

    assertThat(exchange.status()).isEqualTo(401);
    assertThat(givenUp).containsExactly("given up");
  }

  private RecordingConnector endless(Executor threads) {
    return RecordingConnector.of(
        SampleTools.server(List.of(SampleTools.endless(begun, interrupted))), threads);
  }
}
