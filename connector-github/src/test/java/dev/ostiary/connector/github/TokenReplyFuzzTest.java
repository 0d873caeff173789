package dev.ostiary.connector.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any content as what GitHub's token endpoint answers. */
final class TokenReplyFuzzTest {
  @MethodSource("seeds")
  @FuzzTest
  void isTokensThatCanBeUsedOrARefusal(
      @InRange(min = 200, max = 599) int status, byte @NotNull [] content) {
    switch (new FakeReplies(Reply.json(status, content), FakeReplies.OCTOCAT).signIn()) {
      case Result.Ok(UpstreamIdentity identity) -> {
        UpstreamTokenResponse tokens = identity.tokens();
        assertThat(status).isEqualTo(200);
        assertThat(tokens.accessToken().reveal()).matches("[!-~]+");
        if (tokens.expiresAt() != null) {
          assertThat(tokens.expiresAt())
              .isBetween(Octocat.NOW, Octocat.NOW.plus(Duration.ofDays(365)));
        }
      }
      case Result.Refused(UpstreamRefusal refusal) ->
          assertThat(refusal.toString()).matches("[ -~]+");
    }
  }

  static Stream<Arguments> seeds() {
    return Stream.of(
        seed(200, "{\"access_token\":\"gho_1\",\"token_type\":\"bearer\",\"scope\":\"repo,user\"}"),
        seed(
            200,
            "{\"access_token\":\"ghu_1\",\"expires_in\":28800,\"refresh_token\":\"ghr_1\","
                + "\"refresh_token_expires_in\":15811200,\"scope\":\"\"}"),
        seed(200, "{\"error\":\"bad_verification_code\",\"error_description\":\"x\"}"),
        seed(200, "access_token=gho_1&scope=repo"),
        seed(200, "{\"access_token\":\"a\\nb\"}"),
        seed(200, "{\"access_token\":\"a\",\"expires_in\":1e300,\"scope\":[]}"),
        seed(200, "{\"access_token\":\"a\",\"expires_in\":-99999999999999999999}"),
        seed(200, "[]"),
        seed(200, ""),
        seed(503, "<html>"));
  }

  private static Arguments seed(int status, String content) {
    return Arguments.of(status, content.getBytes(UTF_8));
  }
}
