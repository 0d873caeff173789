package dev.ostiary.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that GitHub has no reason to give, and that are no reason to fail. */
@Requirement("A-80")
final class StrangeRepliesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "",
        "{\"id\":\"583231\"}",
        "{\"id\":5.5}",
        "{\"id\":123456789012345678901234567890}",
        "{\"id\":{}}"
      })
  void ofAUserWithoutANumberAreTrouble(String user) {
    Result<UpstreamIdentity, UpstreamRefusal> answer =
        new FakeReplies(FakeReplies.TOKEN, Reply.json(200, user)).signIn();

    assertThat(answer)
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused ->
                assertThat(refused.reason()).isInstanceOf(UpstreamRefusal.Unavailable.class));
  }

  /** The membership is there, but not of which organization: the name alone proves nothing. */
  @Test
  void ofAMembershipWithoutANumberAreTrouble() {
    FakeReplies github =
        new FakeReplies(
            FakeReplies.TOKEN,
            request ->
                request.uri().getPath().endsWith("/orgs/acme")
                    ? Reply.json(
                        200, "{\"state\":\"active\",\"organization\":{\"login\":\"acme\"}}")
                    : FakeReplies.OCTOCAT);

    assertThat(github.signIn(new AllowRule(List.of(), List.of("acme"))))
        .isEqualTo(
            Result.refused(
                new UpstreamRefusal.Unavailable("GitHub does not say which organization it is")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\\nb", "a\\u0000", "\\u00e9", "a\\\"", "=", " "})
  void withATokenThatNoHeaderCanCarryAreTrouble(String token) {
    Reply reply = Reply.json(200, "{\"access_token\":\"" + token + "\",\"scope\":\"\"}");

    assertThat(new FakeReplies(reply, FakeReplies.OCTOCAT).signIn())
        .isEqualTo(
            Result.refused(
                new UpstreamRefusal.Unavailable(
                    "the token endpoint answered 200 without a token")));
  }

  @Test
  void withALinkThatIsNoAddressHaveNoNextPage() {
    Reply linked = FakeReplies.OCTOCAT.with("Link", "<http://[>; rel=\"next\"");

    assertThat(new FakeReplies(FakeReplies.TOKEN, linked).signIn()).isInstanceOf(Result.Ok.class);
  }
}
