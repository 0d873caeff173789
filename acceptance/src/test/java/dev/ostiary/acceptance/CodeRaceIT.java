package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One code, many simultaneous exchanges. */
@ExtendWith(WithProgram.class)
final class CodeRaceIT {
  @Test
  @Requirement({"R-9", "R-10", "R-11"})
  void givesTokensOnceAndEndsTheGrant(Program program) throws Exception {
    try (Journey journey = new Journey(program)) {
      Journey.Code code = journey.authorize(journey.register("http://127.0.0.1:53684/callback"));

      List<HttpResponse<String>> answers = Race.of(() -> journey.exchange(code));

      List<HttpResponse<String>> won =
          answers.stream().filter(answer -> answer.statusCode() == 200).toList();
      assertThat(won).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.statusCode() != 200)
          .allSatisfy(CodeRaceIT::isInvalidGrant);
      Journey.Tokens tokens = Journey.tokens(code.client(), won.getFirst());
      assertThat(journey.call(tokens.access())).isEqualTo(401);
      isInvalidGrant(journey.refresh(tokens));
      assertThat(program.audit()).anySatisfy(line -> assertThat(line).contains("code.replayed"));
    }
  }

  private static void isInvalidGrant(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Journey.json(answer).get("error").asString()).isEqualTo("invalid_grant");
  }
}
