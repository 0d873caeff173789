package dev.ostiary.connector.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any content, and any text in the headers that are read, as what GitHub's API answers. */
final class UserReplyFuzzTest {
  private static final List<String> HEADERS =
      List.of("Link", "Retry-After", "X-RateLimit-Reset", "X-GitHub-SSO", "X-Other");

  @MethodSource("seeds")
  @FuzzTest
  void isAUserOrARefusal(
      @InRange(min = 200, max = 599) int status,
      @InRange(min = 0, max = 4) int header,
      @NotNull String value,
      byte @NotNull [] content) {
    Reply reply = Reply.json(status, content).with("X-RateLimit-Remaining", "0");
    if (value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      reply = reply.with(HEADERS.get(header), value);
    }
    FakeReplies github = new FakeReplies(FakeReplies.TOKEN, reply);
    switch (github.signIn()) {
      case Result.Ok(UpstreamIdentity identity) -> {
        assertThat(status).isEqualTo(200);
        assertThat(identity.userId()).matches("-?[0-9]+");
      }
      case Result.Refused(UpstreamRefusal refusal) ->
          assertThat(refusal.toString()).matches("[ -~]+");
    }
    assertThat(github.signIn(FakeReplies.only("hubot"))).isNotNull();
  }

  static Stream<Arguments> seeds() {
    return Stream.of(
        seed(200, 4, "", "{\"id\":583231,\"login\":\"octocat\"}"),
        seed(200, 0, "<https://github.example/api/v3/user?page=2>; rel=\"next\"", "{\"id\":1}"),
        seed(200, 0, "<http://[>; rel=\"next\"", "{\"id\":1}"),
        seed(200, 4, "", "{\"id\":123456789012345678901234567890}"),
        seed(200, 4, "", "{\"id\":\"1\"}"),
        seed(401, 4, "", "{\"message\":\"Bad credentials\"}"),
        seed(403, 1, "60", "{\"message\":\"secondary rate limit\"}"),
        seed(403, 1, "Wed, 21 Oct 2026 07:28:00 GMT", "{}"),
        seed(403, 2, "999999999999", "{}"),
        seed(403, 3, "required; url=https://github.example/sso", "{}"),
        seed(429, 4, "", ""),
        seed(500, 4, "", "<html>"));
  }

  private static Arguments seed(int status, int header, String value, String content) {
    return Arguments.of(status, header, value, content.getBytes(UTF_8));
  }
}
