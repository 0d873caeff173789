package dev.ostiary.authorization.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.authorization.FakeTokens;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Any content at the endpoints for tokens: to trade, to revoke, to introspect. */
final class ClientFormsFuzzTest {
  private static final FakeTokens TOKENS = new FakeTokens();
  private static final List<Endpoint> ENDPOINTS =
      List.of(TOKENS.token(), TOKENS.revocation(), TOKENS.introspection());
  private static final List<String> TYPES =
      List.of("application/x-www-form-urlencoded", "application/json", "text/plain");

  @MethodSource("seeds")
  @FuzzTest
  void isAnsweredInTheWordsOfOAuth(
      @InRange(min = 0, max = 2) int endpoint,
      @InRange(min = 0, max = 2) int type,
      @NotNull String authorization,
      byte @NotNull [] content) {
    Headers headers = Headers.of("Content-Type", TYPES.get(type));
    if (!authorization.isEmpty() && authorization.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      headers = headers.with("Authorization", authorization);
    }
    Reply reply = ENDPOINTS.get(endpoint).handle(request(headers, content));

    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    assertThat(reply.status()).isIn(200, 400, 401);
    if (reply.status() != 200) {
      JsonNode json = FakeTokens.json(reply);
      assertThat(json.path("error").asString())
          .isIn(
              "invalid_request",
              "invalid_client",
              "invalid_grant",
              "unauthorized_client",
              "unsupported_grant_type",
              "invalid_scope",
              "invalid_target");
      assertThat(json.path("error_description").asString()).matches("[ !#-\\[\\]-~]+");
      assertThat(reply.status() == 401)
          .isEqualTo(json.path("error").asString().equals("invalid_client"));
    }
  }

  private static Request request(Headers headers, byte[] content) {
    return new Request(
        "request-1", "POST", "/", "", headers, Body.of(content), InetAddress.getLoopbackAddress());
  }

  static Stream<Arguments> seeds() {
    String secret = FakeTokens.basic("oc_a", FakeTokens.SECRET);
    return Stream.of(
        seed(0, 0, "", "grant_type=authorization_code&client_id=oc_1&code=c&code_verifier=v"),
        seed(0, 0, "", "grant_type=refresh_token&client_id=oc_1&refresh_token=ort_x&scope=a"),
        seed(0, 1, "", "{\"grant_type\":\"refresh_token\",\"client_id\":\"oc_1\"}"),
        seed(0, 0, secret, "grant_type=client_credentials"),
        seed(0, 0, "Basic eDp5", "grant_type=authorization_code"),
        seed(0, 2, "", "grant_type=authorization_code"),
        seed(1, 0, "", "client_id=oc_1&token=a.b.c&token_type_hint=access_token"),
        seed(1, 0, "", "client_id=oc_1&token=ort_x"),
        seed(1, 0, "", "client_id=oc_9&token=x"),
        seed(2, 0, secret, "token=eyJhbGciOiJub25lIn0.e30."),
        seed(2, 0, secret, "token=a&token=b"),
        seed(2, 0, "", "token=a&client_id=oc_1"));
  }

  private static Arguments seed(int endpoint, int type, String authorization, String content) {
    return Arguments.of(endpoint, type, authorization, content.getBytes(StandardCharsets.UTF_8));
  }
}
