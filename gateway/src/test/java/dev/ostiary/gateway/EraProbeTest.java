package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.ScriptedChannels.Line;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.mcp.Era;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How it is found out which era a backend speaks. */
final class EraProbeTest {
  private final ScriptedChannels channels = ScriptedChannels.legacy("{\"tools\":{}}");
  private LiveEras eras;

  @BeforeEach
  void start() throws Exception {
    eras = new LiveEras(channels);
  }

  @AfterEach
  void stop() throws Exception {
    eras.close();
  }

  @Test
  void takesOddAnswersForThoseOfALegacyBackend() throws Exception {
    for (String odd :
        List.of(
            "\"result\":{}",
            "\"result\":{\"supportedVersions\":5}",
            "\"result\":{\"supportedVersions\":[\"2025-11-25\"]}",
            "\"error\":{}",
            "\"error\":{\"code\":\"x\"}")) {
      channels.answers.put("server/discover", odd);
      assertThat(eras.modern("tools/list", "").answer().status()).as(odd).isEqualTo(200);
      Line line = channels.line();
      assertThat(line.methods).startsWith("server/discover", "initialize");
      assertThat(channels.opened).isEmpty();
      assertThat(eras.learned).containsEntry(Era.MODERN, false).containsEntry(Era.LEGACY, true);
      eras.close();
      eras = new LiveEras(channels);
    }
  }

  @Test
  void takesSilenceForThatOfALegacyBackend() throws Exception {
    channels.answers.remove("server/discover");
    RawCaller caller = eras.modern("tools/list", "");
    Line line = channels.line();
    line.next("server/discover");
    eras.pass(Duration.ofMillis(4_999));
    assertThat(line.methods).hasSize(1);

    eras.pass(Duration.ofMillis(1));

    assertThat(caller.answer().status()).isEqualTo(200);
    assertThat(line.closed).isFalse();
  }

  @Test
  void opensAnotherChannelWhenTheFirstEndsAtTheQuestion() throws Exception {
    channels.answers.remove("server/discover");
    RawCaller caller = eras.modern("tools/list", "");
    Line line = channels.line();
    line.next("server/discover");

    line.end(false);

    assertThat(caller.answer().status()).isEqualTo(200);
    assertThat(channels.line().methods).startsWith("initialize");
  }

  @Test
  void doesNotGoRoundInCircles() throws Exception {
    channels.answers.put(
        "server/discover", "\"error\":{\"code\":-32022,\"message\":\"no\",\"data\":{}}");
    channels.answers.put("initialize", ScriptedChannels.NO_METHOD);

    Said said = eras.modern("tools/list", "").answer();

    assertThat(said.json().has("error")).isTrue();
    Line line = channels.line();
    assertThat(line.methods).containsExactly("server/discover", "initialize");
    assertThat(line.closed).isTrue();
    assertThat(channels.opened).isEmpty();
  }

  @Test
  void isDoneOnceForManyFirstCalls() throws Exception {
    channels.answers.remove("server/discover");
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      callers.add(eras.modern("tools/list", ""));
    }
    Line line = channels.line();
    line.next("server/discover").end(ScriptedChannels.NO_METHOD);

    for (RawCaller each : callers) {
      assertThat(each.answer().status()).isEqualTo(200);
    }
    assertThat(channels.opened).isEmpty();
    eras.modern("again", "tools/list", "", "{}", "").answer();
    assertThat(channels.line().methods).startsWith("initialize");
  }

  @Test
  void isForAsManyConversationsAsThereMayBe() throws Exception {
    eras.close();
    eras = new LiveEras(channels, 2, 1, Policy.everyCall(LiveGateway.SCOPES));
    RawCaller running = eras.modern("tools/call", "\"name\":\"read\"");
    Line first = channels.line();
    var asked = first.next("tools/call");

    Said full = eras.modern("again", "tools/list", "", "{}", "").answer();
    assertThat(full.status()).isEqualTo(503);
    assertThat(full.field("Retry-After")).isEqualTo("5");
    assertThat(eras.modern("stranger", "tools/list", "", "{}", "").answer().status())
        .isEqualTo(200);
    asked.answer("{\"content\":[]}");
    assertThat(running.answer().status()).isEqualTo(200);

    assertThat(eras.modern("again", "tools/list", "", "{}", "").answer().status()).isEqualTo(200);
    assertThat(first.closed).isTrue();
  }
}
