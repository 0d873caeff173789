package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.gateway.backend.ConnectorBackend;
import dev.ostiary.gateway.policy.Condition;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.policy.Rule;
import dev.ostiary.requirements.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with a policy, called by people with more and fewer scopes, in every era. */
final class PolicyAtTheDoorTest {
  private static final Policy POLICY =
      Policy.builder()
          .scope(OfferedScope.of("read:user", "").asDefault())
          .scope(OfferedScope.of("repo", "").implying("read:user"))
          .scope(OfferedScope.of("gist", ""))
          .tool("read", RequiredScopes.of("read:user"))
          .tool(
              Rule.of("write", RequiredScopes.of("gist")).when(Condition.equalTo("where", "gist")))
          .tool("write", RequiredScopes.of("repo"))
          .tool("free", RequiredScopes.NOTHING)
          .resource("docs://*", RequiredScopes.of("repo"))
          .build();

  private static final String LIST =
      "{\"jsonrpc\":\"2.0\",\"id\":7, \"result\":{\"tools\":[{\"name\":\"read\",\"max\":1.0},"
          + " {\"name\":\"write\"} ,{\"name\":\"drop\"},{\"annotations\":{\"readOnlyHint\":true},"
          + "\"name\":\"free\"}],\"nextCursor\":\"p2\",\"ttlMs\":60000,\"cacheScope\":\"public\"}}";

  private final List<String> reached = new ArrayList<>();

  @Nested
  class Calling {
    @Test
    @Requirement({"A-23", "A-75"})
    void worksAfterSteppingUpAndWithNoMoreThanIsNeeded() {
      SampleGateway sample = sample(POLICY);

      FakeExchange refused = sample.send(Call.modernTool("write").token("good"));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("WWW-Authenticate"))
          .contains("error=\"insufficient_scope\"")
          .endsWith("scope=\"repo\"");
      assertThat(reached).isEmpty();

      assertThat(sample.send(Call.modernTool("write").token("writer")).status()).isEqualTo(200);
      assertThat(sample.send(Call.modernTool("read").token("good")).status()).isEqualTo(200);
      assertThat(reached).hasSize(2);
    }

    @Test
    @Requirement("T-43")
    void argumentsOfTheContentDecideAndNeverTheHeadersThatRepeatThem() {
      SampleGateway sample = sample(POLICY);
      Call call =
          Call.modern("tools/call", "\"name\":\"write\",\"arguments\":{\"where\":\"gist\"}")
              .header("Mcp-Name", "write")
              .header("Mcp-Param-Where", "elsewhere");

      assertThat(sample.send(call.token("good")).header("WWW-Authenticate"))
          .endsWith("scope=\"gist\"");
    }

    @Test
    @Requirement("A-77")
    void whatNobodyMayDoIsNoMatterOfScopes() {
      SampleGateway sample = sample(POLICY);

      for (String token : List.of("poor", "good", "writer")) {
        FakeExchange answer = sample.send(Call.modernTool("drop").token(token));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.code()).isEqualTo(-32602);
        assertThat(answer.json().get("id").intValue()).isEqualTo(7);
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
      }
      assertThat(reached).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2025-03-26", "2025-06-18", "2025-11-25"})
    @Requirement("T-22")
    void isTheSameInEveryOlderRevision(String version) {
      SampleGateway sample = sample(POLICY);

      FakeExchange refused =
          sample.send(
              Call.legacy(version, "tools/call", "\"name\":\"write\"")
                  .header("Mcp-Name", "free")
                  .token("good"));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("WWW-Authenticate")).contains("read:user", "repo");
      FakeExchange denied =
          sample.send(
              Call.legacy(version, "resources/read", "\"uri\":\"else://a\"").token("writer"));
      assertThat(denied.status()).isEqualTo(200);
      assertThat(denied.code()).isEqualTo(-32002);
      assertThat(
              sample.send(Call.legacy(version, "vendor/thing", "\"x\":1").token("writer")).code())
          .isEqualTo(-32601);
      assertThat(reached).isEmpty();
    }

    @Test
    void anUnknownMethodIsNotFoundAndAResourceNeitherInTheModernEra() {
      SampleGateway sample = sample(POLICY);

      FakeExchange method = sample.send(Call.modern("vendor/thing", "").token("writer"));
      assertThat(method.status()).isEqualTo(404);
      assertThat(method.code()).isEqualTo(-32601);
      FakeExchange resource =
          sample.send(
              Call.modern("resources/read", "\"uri\":\"else://a\"")
                  .header("Mcp-Name", "else://a")
                  .token("writer"));
      assertThat(resource.code()).isEqualTo(-32602);
      assertThat(resource.json().at("/error/data/uri").asString()).isEqualTo("else://a");
    }

    @Test
    void aBatchIsDoneAsAWholeOrNotAtAll() {
      SampleGateway sample = sample(POLICY);
      String batch =
          "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},"
              + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"},"
              + "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"tools/call\",\"params\":{\"name\":"
              + "\"drop\"}}]";

      FakeExchange answer = sample.send(Call.json(batch).token("writer"));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().size()).isEqualTo(2);
      assertThat(answer.json().at("/0/id").intValue()).isEqualTo(1);
      assertThat(answer.json().at("/0/error/code").intValue()).isEqualTo(-32600);
      assertThat(answer.json().at("/1/id").asString()).isEqualTo("b");
      assertThat(answer.json().at("/1/error/code").intValue()).isEqualTo(-32602);
      assertThat(reached).isEmpty();
    }

    @Test
    void aCallInDisguiseOfANotificationIsRefused() {
      FakeExchange answer =
          sample(POLICY)
              .send(
                  Call.json(
                          "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":"
                              + "\"drop\"}}")
                      .token("writer"));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().has("id")).isFalse();
      assertThat(reached).isEmpty();
    }
  }

  @Nested
  class Listing {
    @Test
    void showsWhatTheCallerMayAskFor() {
      String expected =
          LIST.replace(" ,{\"name\":\"drop\"}", "").replace("\"public\"", "\"private\"");

      assertThat(list(POLICY, "poor")).isEqualTo(expected);
      assertThat(list(POLICY, "writer")).isEqualTo(expected);
    }

    @Test
    @Requirement("T-59")
    void showsOnlyWhatIsUsableIfThatIsWanted() {
      Policy usable = POLICY.listed(Listed.USABLE);
      SampleGateway sample = sample(usable);

      assertThat(list(sample, "poor")).contains("free").doesNotContain("read\"", "write", "drop");
      assertThat(list(sample, "good")).contains("free", "read").doesNotContain("write", "drop");
      assertThat(list(sample, "writer")).contains("free", "read", "write").doesNotContain("drop");
      assertThat(list(sample, "good"))
          .as("nothing that was called or listed before makes a difference")
          .isEqualTo(list(sample(usable), "good"));
    }

    @Test
    void showsEverythingByteForByteIfThatIsWanted() {
      assertThat(list(POLICY.listed(Listed.ALL), "poor")).isEqualTo(LIST);
    }

    @Test
    @Requirement("T-30")
    void marksEveryPagePrivateEvenIfNothingWasTakenOut() {
      String page =
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[{\"name\":\"free\"}],"
              + "\"cacheScope\":\"public\"}}";
      FakeExchange answer =
          sample(POLICY, page).send(Call.modern("tools/list", "\"cursor\":\"p2\"").token("writer"));

      assertThat(answer.text()).isEqualTo(page.replace("public", "private"));
    }

    @Test
    void showsNothingOfAListThatItCannotRead() {
      FakeExchange answer =
          sample(POLICY, LIST.substring(0, 200))
              .send(Call.modern("tools/list", "").token("writer"));

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo(-32603);
      assertThat(answer.json().get("id").intValue()).isEqualTo(7);
      assertThat(answer.text()).doesNotContain("drop");
    }

    @Test
    void worksForAConnectorsOwnLists() {
      SampleGateway sample =
          SampleGateway.with(
              new ConnectorBackend(
                  SampleTools.server(), Runnable::run, new SampleGateway.RecordingLog()),
              POLICY);

      FakeExchange answer =
          sample.send(Call.legacy("2025-11-25", "tools/list", "").token("writer"));

      assertThat(answer.json().at("/result/tools").valueStream().map(t -> t.at("/name").asString()))
          .containsExactly("write", "free");
    }
  }

  private SampleGateway sample(Policy policy) {
    return sample(policy, LIST);
  }

  private SampleGateway sample(Policy policy, String answer) {
    return SampleGateway.with(
        (call, reply) -> {
          reached.add(call.requestId());
          reply.json(200, answer.getBytes(UTF_8));
        },
        policy);
  }

  private String list(Policy policy, String token) {
    return list(sample(policy), token);
  }

  private static String list(SampleGateway sample, String token) {
    return sample.send(Call.modern("tools/list", "").token(token)).text();
  }
}
