package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.ConnectorBackend;
import dev.ostiary.requirements.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTest {
  private static final String METADATA =
      "resource_metadata=\"https://host/.well-known/oauth-protected-resource/mcp\"";

  private final SampleGateway sample = SampleGateway.direct();

  @Test
  @Requirement("A-20")
  void neverGetsToSeeTheClientsCredentials() {
    List<AdmittedCall> seen = new ArrayList<>();
    var recording =
        SampleGateway.with(
            (call, reply) -> {
              seen.add(call);
              reply.accepted();
            });

    recording.send(
        Call.modernTool("whoami")
            .token("good")
            .header("Cookie", "a=b")
            .header("DPoP", "proof")
            .header("Origin", "https://host")
            .header("X-Forwarded-For", "1.2.3.4")
            .header("traceparent", "00-1-2-01")
            .header("Mcp-Param-Owner", "octo-org"));

    AdmittedCall call = seen.getFirst();
    assertThat(call.headers().fields())
        .extracting(field -> field.name())
        .containsExactly(
            "Content-Type",
            "MCP-Protocol-Version",
            "Mcp-Method",
            "Mcp-Name",
            "traceparent",
            "Mcp-Param-Owner");
    assertThat(call.toString() + call.caller()).doesNotContain("Bearer");
    assertThat(new String(call.body(), UTF_8)).contains("\"whoami\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 401",
    "expired, 401",
    "sibling, 401",
    "poor, 403",
    "a b, 400",
    "unknowable, 503"
  })
  @Requirement("A-22")
  void isNotAskedBeforeEveryCheckIsDone(String token, int status) {
    var sealed =
        SampleGateway.with(
            (_, _) -> {
              throw new AssertionError("a refused call came through");
            });
    Call call = Call.modernTool("whoami");

    assertThat(sealed.send(token.isEmpty() ? call : call.token(token)).status()).isEqualTo(status);
  }

  /** An exception and an error alike: no client is left waiting. */
  @ParameterizedTest
  @ValueSource(strings = {"broken", "shattered"})
  void thatBreaksAnswersWithAnErrorAndALineInTheLog(String tool) {
    RecordingConnector broken = RecordingConnector.direct();
    FakeExchange answer = broken.gateway().send(Call.modernTool(tool).token("good"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(-32603);
    assertThat(answer.json().get("id").intValue()).isEqualTo(7);
    assertThat(answer.text()).contains("request-1").doesNotContain("out of order");
    assertThat(broken.log().lines).containsExactly("ERROR request-1: a tool or resource broke off");
  }

  @Test
  void maySendTheClientToSignInAgain() {
    FakeExchange answer = sample.send(Call.modernTool("signed_out").token("good"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .startsWith("Bearer error=\"invalid_token\"")
        .contains(METADATA);
  }

  @Test
  void mayBeOverloaded() {
    var full =
        SampleGateway.with(
            (_, _) -> {
              throw new RejectedExecutionException();
            });

    FakeExchange answer = full.send(Call.modernTool("whoami").token("good"));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
  }

  @Test
  void listsWithoutAnotherThreadForAKnownToken() {
    List<Runnable> queue = new ArrayList<>();
    var queued =
        new SampleGateway(
            SampleGateway.ISSUER,
            new ConnectorBackend(SampleTools.server(), queue::add, sample.log),
            queue::add);
    FakeExchange first = queued.send(Call.modern("tools/list", "").token("good"));
    assertThat(first.isAnswered()).isFalse();
    queue.removeFirst().run();
    assertThat(first.status()).isEqualTo(200);

    FakeExchange second = queued.send(Call.modern("tools/list", "").token("good"));

    assertThat(second.status()).isEqualTo(200);
    assertThat(queue).isEmpty();
  }
}
