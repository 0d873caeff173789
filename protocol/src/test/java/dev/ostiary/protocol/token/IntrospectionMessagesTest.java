package dev.ostiary.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Golden;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.ParameterRefusal;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import dev.ostiary.requirements.Requirement;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntrospectionMessagesTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_795_262_400);
  private static final Issuer ISSUER = new Issuer("https://mcp.example.com");

  @Test
  void saysEverythingOfAnAccessToken() {
    Golden.assertSame(
        accessToken(Scopes.of("read:user", "repo")), "introspection-access-token.json");
  }

  @Test
  void leavesOutAScopeThatIsEmpty() {
    assertThat(accessToken(Scopes.none())).doesNotContain("scope");
  }

  @Test
  void saysNothingOfARefreshTokenThatWouldMakeItAnAccessToken() {
    var response =
        new IntrospectionResponse.RefreshToken(
            ISSUER,
            Scopes.of("read:user", "repo"),
            new ClientId("oc_1"),
            "octocat",
            new Subject("github:583231"),
            NOW.plusSeconds(3600));

    Golden.assertSame(response.toJson(), "introspection-refresh-token.json");
  }

  @Test
  @Requirement("R-31")
  void saysNothingOfAnInactiveToken() {
    Golden.assertSame(new IntrospectionResponse.Inactive().toJson(), "introspection-inactive.json");
  }

  @Test
  void needsATokenAndNoHint() {
    Parameters parameters = parameters("token=abc&token_type_hint=pam");

    assertThat(RevocationRequest.parse(parameters))
        .isEqualTo(Result.ok(new RevocationRequest(new Secret("abc"))));
    assertThat(IntrospectionRequest.parse(parameters))
        .isEqualTo(Result.ok(new IntrospectionRequest(new Secret("abc"))));
  }

  @Test
  void refusesAMissingToken() {
    Parameters parameters = parameters("token=&token_type_hint=access_token");
    var missing = Result.refused(new ParameterRefusal.Missing("token"));

    assertThat(RevocationRequest.parse(parameters)).isEqualTo(missing);
    assertThat(IntrospectionRequest.parse(parameters)).isEqualTo(missing);
  }

  private static String accessToken(Scopes scopes) {
    return new IntrospectionResponse.AccessToken(
            ISSUER,
            scopes,
            new ClientId("oc_1"),
            "octocat",
            new Subject("github:583231"),
            new Resource("https://mcp.example.com/mcp"),
            "t1",
            NOW,
            NOW.plusSeconds(3600))
        .toJson();
  }

  private static Parameters parameters(String form) {
    return switch (Parameters.parse(form)) {
      case Result.Ok(Parameters read) -> read;
      case Result.Refused(var refusal) -> throw new AssertionError(refusal);
    };
  }
}
