package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One way back from the upstream, taken many times at once. */
@ExtendWith(WithProgram.class)
final class SignInRaceIT {
  @Test
  @Requirement("A-61")
  void makesOneCodeHoweverOftenTheBrowserComesBack(Program program) throws Exception {
    try (Journey journey = new Journey(program)) {
      Journey.Registered client = journey.register("http://127.0.0.1:53684/callback");
      Journey.Returning returning = journey.returning(client);

      List<HttpResponse<String>> answers = Race.of(() -> journey.comeBack(returning));

      List<String> addresses = answers.stream().flatMap(SignInRaceIT::locations).toList();
      assertThat(addresses)
          .hasSize(Race.RUNNERS)
          .containsOnly(addresses.getFirst())
          .allSatisfy(to -> assertThat(to).contains("code="));
      Journey.Code code = journey.code(client, URI.create(addresses.getFirst()));
      assertThat(journey.exchange(code).statusCode()).isEqualTo(200);
    }
  }

  private static Stream<String> locations(HttpResponse<String> answer) {
    return answer.headers().allValues("Location").stream();
  }
}
