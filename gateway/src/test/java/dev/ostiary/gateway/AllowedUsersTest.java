package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.AllowedUsers.Verdict;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.token.Caller;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use a server is asked before anything is sent to it. */
final class AllowedUsersTest extends BehindGateway {
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @CsvSource({"NOT_ALLOWED, 403", "UNKNOWN, 503", "SIGN_IN_AGAIN, 401"})
  void keepOthersOut(Verdict verdict, int status) throws Exception {
    restart(
        LiveGateway.settings(docs.uri()),
        new LiveGateway.Variation(BackendCredential.NONE, allowedUsers(null, verdict)));

    for (String method : List.of("POST", "GET", "DELETE")) {
      Said said = (method.equals("POST") ? modern("tools/list") : other(method, "good")).answer();
      assertThat(said.status()).isEqualTo(status);
      assertThat(said.json().has("error")).isTrue();
      assertThat(said.field("WWW-Authenticate")).doesNotContain("insufficient_scope");
    }
    assertThat(asked).containsOnly("github:1");
  }

  @Test
  void areNotAskedAboutAgainAtOnce() throws Exception {
    restart(
        LiveGateway.settings(docs.uri()),
        new LiveGateway.Variation(
            BackendCredential.NONE, allowedUsers(Verdict.ALLOWED, Verdict.NOT_ALLOWED)));

    RawCaller caller = modern("tools/list");
    acceptAndHear().json(200, OK);

    assertThat(caller.answer().status()).isEqualTo(200);
    assertThat(asked).isEmpty();
  }

  private AllowedUsers allowedUsers(@Nullable Verdict known, Verdict answer) {
    return new AllowedUsers() {
      @Override
      public @Nullable Verdict known(Caller caller) {
        return known;
      }

      @Override
      public Verdict ask(Caller caller) {
        asked.add(caller.subject().value());
        return answer;
      }
    };
  }
}
