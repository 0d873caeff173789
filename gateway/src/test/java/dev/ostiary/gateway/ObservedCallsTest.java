package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.gateway.SampleGateway.RecordingLog;
import dev.ostiary.gateway.backend.ConnectorBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an observer is told of calls to a connector. */
final class ObservedCallsTest {
  /** How many tools of a server are told apart. */
  private static final int TOOL_LIMIT = 200;

  private final SampleGateway sample = SampleGateway.direct();

  @Test
  void hearsOfACallAndWhetherItsTokenWasKnown() {
    sample.send(Call.modernTool("free").token("good"));
    sample.send(Call.modern("tools/list", "").token("good"));
    sample.send(Call.modern("server/discover", "").path("/other/mcp").token("sibling"));

    assertThat(sample.observer.told())
        .containsExactly(
            "miss",
            "github tools/call free ANSWERED",
            "hit",
            "github tools/list - ANSWERED",
            "miss",
            "other server/discover - ANSWERED");
  }

  @Test
  void tellsToolsApartThatThePolicyNamesOrTheServerHasListed() {
    sample.send(Call.modernTool("whoami").token("good"));
    sample.send(Call.modern("tools/list", "").token("good"));
    sample.send(Call.modernTool("whoami").token("good"));
    sample.send(Call.modernTool("whoami2").token("good"));

    assertThat(sample.observer.told())
        .contains(
            "github tools/call other ANSWERED",
            "github tools/call whoami ANSWERED",
            "github tools/call other ANSWERED")
        .doesNotContain("github tools/call whoami2 ANSWERED");
  }

  @Test
  void tenThousandInventedNamesAreOneName() {
    sample.send(Call.modern("tools/list", "").token("good"));
    for (int i = 0; i < 10_000; i++) {
      sample.send(Call.modernTool("invented" + i).token("good"));
    }
    for (int i = 0; i < 100; i++) {
      sample.send(Call.modern("invented/" + i, "").token("good"));
    }

    List<String> told = new ArrayList<>(sample.observer.told());
    told.removeAll(List.of("hit", "miss"));
    assertThat(told).hasSize(10_101);
    assertThat(new TreeSet<>(told))
        .containsExactly(
            "github other - REJECTED",
            "github tools/call other ANSWERED",
            "github tools/list - ANSWERED");
  }

  @Test
  void tellsOnlySoManyToolsApart() {
    var tools =
        IntStream.range(0, TOOL_LIMIT + 100)
            .mapToObj(i -> SampleTools.tool("tool" + i, _ -> SampleTools.done("")))
            .toList();
    SampleGateway many =
        SampleGateway.with(
            new ConnectorBackend(SampleTools.server(tools), Runnable::run, new RecordingLog()));
    many.send(Call.modern("tools/list", "").token("good"));
    many.observer.told();
    tools.forEach(tool -> many.send(Call.modernTool(tool.definition().name()).token("good")));

    TreeSet<String> told = new TreeSet<>(many.observer.told());
    told.remove("hit");
    assertThat(told)
        .hasSize(TOOL_LIMIT - 1) // two of the policy's, and the other
        .contains("github tools/call other ANSWERED");
  }

  @Test
  void hearsOfMessagesThatAreNoSingleRequest() {
    String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    sample.send(Call.json("[" + notification + "]").token("good"));
    sample.send(Call.json(notification).header("MCP-Protocol-Version", "2025-11-25").token("good"));
    sample.send(
        Call.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
            .header("MCP-Protocol-Version", "2025-11-25")
            .token("good"));

    assertThat(sample.observer.told())
        .contains(
            "github batch - ANSWERED",
            "github notifications/initialized - ANSWERED",
            "github response - ANSWERED");
  }

  @Test
  void hearsWhyACallIsRefused() {
    sample.send(Call.modern("tools/list", "").header("Origin", "https://evil.example"));
    sample.send(Call.of("PUT").token("good"));
    sample.send(Call.modern("tools/list", ""));
    sample.send(Call.modern("tools/list", "").header("Authorization", "Bearer a b"));
    sample.send(Call.modern("tools/list", "").token("expired"));
    sample.send(Call.modern("tools/list", "").token("sibling"));
    sample.send(Call.modern("tools/list", "").token("unknowable"));
    sample.send(Call.modernTool("write").token("good"));
    sample.send(Call.modern("tools/list", "").without("Content-Type").token("good"));
    sample.send(Call.modern("tools/list", "").without("Mcp-Method").token("good"));

    List<String> told = new ArrayList<>(sample.observer.told());
    told.removeAll(List.of("hit", "miss"));
    assertThat(told)
        .containsExactly(
            "github FOREIGN_ORIGIN",
            "github METHOD_NOT_SERVED",
            "github NO_TOKEN",
            "github MALFORMED_TOKEN",
            "github INVALID_TOKEN",
            "github OTHER_AUDIENCE",
            "github UNDECIDED",
            "github SCOPE_MISSING",
            "github NOT_JSON",
            "github NOT_ADMITTED");
  }

  @Test
  void hearsOfACallThatTheBackendOrTheGatewayEnds() {
    sample.send(Call.modernTool("signed_out").token("good"));
    assertThat(sample.observer.told())
        .containsExactly("miss", "github tools/call other REFUSED", "github SIGN_IN_AGAIN");

    SampleGateway full =
        SampleGateway.with(
            (_, _) -> {
              throw new RejectedExecutionException();
            });
    full.send(Call.modernTool("free").token("good"));
    assertThat(full.observer.told())
        .containsExactly("miss", "github tools/call free REFUSED", "github OVERLOADED");
  }

  @Test
  void hearsOnceOfACallThatIsGivenUp() {
    SampleGateway silent = SampleGateway.with((_, reply) -> reply.onCancel(() -> {}));
    silent.send(Call.modernTool("free").token("good")).abort();
    silent.send(Call.modernTool("free").token("good"));
    silent.gateway.ended(FakeVerifier.grant("good"));

    assertThat(silent.observer.told())
        .containsExactly(
            "miss",
            "github tools/call free ABANDONED",
            "hit",
            "github tools/call free REFUSED",
            "github TOKEN_REVOKED");
  }

  @Test
  void knowsHowManyTokensAreKnown() {
    sample.send(Call.modern("tools/list", "").token("good"));
    sample.send(Call.modern("tools/list", "").token("broad"));
    sample.send(Call.modern("tools/list", "").token("expired"));
    assertThat(sample.gateway.knownTokens()).isEqualTo(2);

    sample.gateway.ended(FakeVerifier.grant("good"));
    assertThat(sample.gateway.knownTokens()).isEqualTo(1);
  }
}
