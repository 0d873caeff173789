package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.requirements.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListFilterTest {
  private static final String A = "{\"name\":\"a\",\"n\":1.50E+2,\"é\":\"\\u00e9\"}";
  private static final String B = "{ \"x\" : [1, {}], \"name\" : \"b\" }";
  private static final String C = "{\"name\":\"\\u0063\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc | [A, B , C ]",
        "ab | [A, B ]",
        "ac | [A , C ]",
        "bc | [B , C ]",
        "a | [A ]",
        "b | [B ]",
        "c | [C ]",
        "'' | [ ]",
      })
  void cutsOutEntriesAndLeavesEveryOtherByte(String kept, String list) {
    String before =
        "{\"id\" : 1e3 ,\"result\":{\"z\":0.10,\"tools\":[A, B , C ],\"nextCursor\":\"n\"}}";
    String after = before.replace("[A, B , C ]", list);

    assertThat(apply("tools/list", kept, real(before))).contains(real(after));
  }

  @ParameterizedTest
  @CsvSource({
    "tools/list,tools,name",
    "prompts/list,prompts,name",
    "resources/list,resources,uri",
    "resources/templates/list,resourceTemplates,uriTemplate",
  })
  void knowsEveryList(String method, String member, String key) {
    String start = "{\"result\":{\"" + member + "\":[";
    String kept = "{\"" + key + "\":\"b\"}]}}";

    assertThat(apply(method, "b", start + "{\"" + key + "\":\"a\"}," + kept))
        .contains(start + kept);
  }

  /** Nothing goes from a list whose entries nobody understands; only the cache's word changes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tools/list",
        "prompts/list",
        "resources/list",
        "resources/templates/list",
        "resources/read",
        "server/discover"
      })
  @Requirement("T-30")
  void marksWhatIsForOnePersonAsPrivateAndTakesNothingOut(String method) {
    String before =
        "{ \"result\":{\"tools\":[1, {}, {\"name\":\"a\"} ],\"cacheScope\""
            + " :\"public\",\"ttlMs\":1e3,"
            + "\"prompts\":{\"cacheScope\":\"public\"},\"cache\\u0053cope\":null}}";
    String after =
        "{ \"result\":{\"tools\":[1, {}, {\"name\":\"a\"} ],\"cacheScope\""
            + " :\"private\",\"ttlMs\":1e3,"
            + "\"prompts\":{\"cacheScope\":\"public\"},\"cache\\u0053cope\":\"private\"}}";

    assertThat(ofNothing(method).orElseThrow().apply(before.getBytes(UTF_8)))
        .hasValueSatisfying(changed -> assertThat(new String(changed, UTF_8)).isEqualTo(after));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools/call", "prompts/get", "ping"})
  void leavesAloneWhatNoCacheKeeps(String method) {
    assertThat(ofNothing(method)).isEmpty();
  }

  private static Optional<ListFilter> ofNothing(String method) {
    String message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
    return ListFilter.ofNothing((WellFormed) Message.scan(message.getBytes(UTF_8)));
  }

  @Test
  @Requirement("T-30")
  void marksWhatIsLeftAsPrivateOnEveryPage() {
    for (String page : List.of("[]", "[" + A + "]", "[" + A + "," + B + "],\"nextCursor\":\"2\"")) {
      String before =
          "{\"result\":{\"cacheScope\": \"public\" ,\"ttlMs\":5,\"tools\":" + page + "}}";

      assertThat(apply("tools/list", "ab", before))
          .contains(before.replace("\"public\"", "\"private\""));
    }
  }

  @Test
  void changesNoOtherMemberOfTheSameName() {
    String before =
        "{\"tools\":[{\"name\":\"z\"}],\"result\":{\"prompts\":[{\"name\":\"z\"}],\"_meta\":{\"tools\":"
            + "[{\"name\":\"z\"}],\"cacheScope\":\"public\"},\"tools\":[{\"name\":\"a\"}]}}";

    assertThat(apply("tools/list", "a", before)).contains(before);
  }

  @Test
  void hidesEntriesThatDoNotSayWhatTheyAre() {
    assertThat(
            apply(
                "tools/list",
                "ab",
                "{\"result\":{\"tools\":[1,{},[\"a\"],{\"name\":5},{\"name\":\"a\",\"name\":\"b\"},"
                    + "{\"name\":\"b\",\"Name\":\"z\"},{\"name\":\"b\",\"annotations\":{},"
                    + "\"annotations\":{\"readOnlyHint\":true}},"
                    + "{\"name\":\"b\"},null]}}"))
        .contains("{\"result\":{\"tools\":[{\"name\":\"b\"}]}}");
  }

  @Test
  void readsTheAnnotationThatAToolChangesNothing() {
    List<ListEntry> seen = new ArrayList<>();
    ListFilter filter =
        ListFilter.of(message("tools/list"), entry -> seen.add(entry)).orElseThrow();

    assertThat(
            filter.apply(
                ("{\"result\":{\"tools\":[{\"name\":\"a\",\"annotations\":{\"readOnlyHint\":true}},"
                        + "{\"annotations\":{\"readOnlyHint\":false},\"name\":\"b\"},"
                        + "{\"name\":\"c\",\"annotations\":{\"readOnlyHint\":\"true\"}},"
                        + "{\"name\":\"d\",\"annotations\":{}},{\"name\":\"e\"}]}}")
                    .getBytes(UTF_8)))
        .isPresent();

    assertThat(seen)
        .containsExactly(
            new ListEntry(ListMethod.TOOLS, "a", true, false),
            new ListEntry(ListMethod.TOOLS, "b", false, false),
            new ListEntry(ListMethod.TOOLS, "c", false, false),
            new ListEntry(ListMethod.TOOLS, "d", null, false),
            new ListEntry(ListMethod.TOOLS, "e", null, false));
  }

  @Test
  void filtersTheListsOfABatchWhateverTheirIdsAre() {
    WellFormed batch =
        (WellFormed)
            Message.scan(
                ("[{\"jsonrpc\":\"2.0\",\"id\":12345678901234567890,\"method\":\"tools/list\"},"
                        + "{\"jsonrpc\":\"2.0\",\"id\":12345678901234567000,\"method\":\"ping\"}]")
                    .getBytes(UTF_8));
    ListFilter filter = ListFilter.of(batch, entry -> entry.key().equals("b")).orElseThrow();
    String before =
        "[{\"id\":12345678901234567000,\"result\":{\"tools\":["
            + A
            + ","
            + B
            + "]}}, {\"id\":2,\"result\":{\"content\":[{\"name\":\"z\"}]}}]";

    assertThat(text(filter.apply(before.getBytes(UTF_8)))).contains(before.replace(A + ",", ""));
  }

  @Test
  void leavesErrorsNotificationsAndOtherResultsAlone() {
    for (String message :
        List.of(
            "{\"id\":1,\"error\":{\"code\":1,\"data\":{\"tools\":[{\"name\":\"z\"}]}}}",
            "{\"method\":\"notifications/progress\",\"params\":{\"tools\":[{\"name\":\"z\"}]}}",
            "{\"id\":1,\"result\":null}",
            "[]",
            "1")) {
      assertThat(apply("tools/list", "", message)).contains(message);
    }
    assertThat(ListFilter.of(message("tools/call"), _ -> true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"result\":{\"tools\":[",
        "{} {}",
        "\ufeff{\"result\":{\"tools\":[{\"name\":\"z\"}]}}",
        "{\"Result\":{\"tools\":[{\"name\":\"z\"}]}}",
        "{\"result\":{\"Tools\":[{\"name\":\"z\"}]}}",
        "{\"result\":{\"tools\":{\"0\":{\"name\":\"z\"}}}}",
        "[{\"result\":{\"tools\":\"z\"}}]",
        "{\"result\":{\"tools\":[{\"name\":x}]}}"
      })
  void doesNotAnswerForWhatItCannotRead(String broken) {
    assertThat(apply("tools/list", "", broken)).isEmpty();
  }

  @Test
  void filtersAStreamOfWhichItDoesNotKnowTheRequests() {
    ListFilter filter = ListFilter.ofAnything(entry -> entry.key().equals("b"));

    assertThat(text(filter.apply(real("{\"result\":{\"tools\":[A,B]}}").getBytes(UTF_8))))
        .contains(real("{\"result\":{\"tools\":[B]}}"));
    String other = "{\"result\":{\"cacheScope\":\"public\",\"contents\":[]}}";
    assertThat(text(filter.apply(other.getBytes(UTF_8)))).contains(other);
  }

  private static String real(String text) {
    return text.replace("A", A).replace("B", B).replace("C", C).replace("next" + C, "nextC");
  }

  private static Optional<String> apply(String method, String kept, String json) {
    ListFilter filter =
        ListFilter.of(message(method), entry -> kept.contains(entry.key())).orElseThrow();
    return text(filter.apply(json.getBytes(UTF_8)));
  }

  private static Optional<String> text(Optional<byte[]> json) {
    return json.map(bytes -> new String(bytes, UTF_8));
  }

  private static WellFormed message(String method) {
    return (WellFormed)
        Message.scan(
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}").getBytes(UTF_8));
  }
}
