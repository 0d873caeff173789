package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One refresh token, in many hands at once and in the wrong ones later. */
@ExtendWith(WithProgram.class)
final class RefreshRaceIT {
  @Test
  @Requirement({"A-32", "R-20"})
  void givesEveryoneTheSameSuccessorAndRotatesOnce(Program program) throws Exception {
    try (Journey journey = new Journey(program)) {
      Journey.Tokens first = journey.signIn();

      List<HttpResponse<String>> answers = Race.of(() -> journey.refresh(first));

      List<Journey.Tokens> tokens =
          answers.stream().map(answer -> Journey.tokens(first.client(), answer)).toList();
      assertThat(tokens).extracting(Journey.Tokens::refresh).containsOnly(tokens.get(0).refresh());
      assertThat(tokens).extracting(Journey.Tokens::access).doesNotHaveDuplicates();
      assertThat(events(program, "refresh.rotated", first)).hasSize(1);
      assertThat(events(program, "refresh.repeated", first)).hasSize(Race.RUNNERS - 1);
      assertThat(journey.call(tokens.getLast().access())).isEqualTo(200);
      assertThat(journey.refresh(tokens.getFirst()).statusCode()).isEqualTo(200);
      assertThat(events(program, "refresh.rotated", first)).hasSize(2);
    }
  }

  /** The reply to a refresh was lost: asking again finds what the first asking made. */
  @Test
  void answersAgainWhenAReplyWasLost(Program program) throws Exception {
    try (Journey journey = new Journey(program)) {
      Journey.Tokens first = journey.signIn();
      Journey.Tokens lost = Journey.tokens(first.client(), journey.refresh(first));

      Journey.Tokens again = Journey.tokens(first.client(), journey.refresh(first));

      assertThat(again.refresh()).isEqualTo(lost.refresh());
      assertThat(journey.refresh(again).statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Requirement({"A-32", "R-20"})
  void endsTheGrantOfATokenThatComesBackTooLateAndNoOther(Program program) throws Exception {
    try (Journey journey = new Journey(program)) {
      Journey.Registered client = journey.register("http://127.0.0.1:53684/callback");
      Journey.Tokens other = Journey.tokens(client, journey.exchange(journey.authorize(client)));
      Journey.Tokens stolen = Journey.tokens(client, journey.exchange(journey.authorize(client)));
      Journey.Tokens second = Journey.tokens(client, journey.refresh(stolen));
      Journey.Tokens third = Journey.tokens(client, journey.refresh(second));

      HttpResponse<String> late = journey.refresh(stolen);

      assertThat(late.statusCode()).isEqualTo(400);
      assertThat(Journey.json(late).get("error").asString()).isEqualTo("invalid_grant");
      assertThat(journey.refresh(third).statusCode()).isEqualTo(400);
      assertThat(journey.call(third.access())).isEqualTo(401);
      assertThat(events(program, "refresh.reused", stolen)).hasSize(1);
      assertThat(events(program, "grant.ended", stolen))
          .singleElement()
          .satisfies(ended -> assertThat(ended).contains("\"reason\":\"refresh_reused\""));
      assertThat(journey.call(other.access())).isEqualTo(200);
      assertThat(journey.refresh(other).statusCode()).isEqualTo(200);
      assertThat(events(program, "grant.ended", other)).isEmpty();
    }
  }

  private static List<String> events(Program program, String name, Journey.Tokens tokens)
      throws IOException, InterruptedException {
    String grant = claims(tokens).get("grant").asString();
    return program.audit().stream()
        .filter(line -> line.contains("\"event\":\"" + name + "\""))
        .filter(line -> line.contains("\"grant\":\"" + grant + "\""))
        .toList();
  }

  private static JsonNode claims(Journey.Tokens tokens) {
    byte[] claims = Base64.getUrlDecoder().decode(tokens.access().split("\\.", -1)[1]);
    return JsonMapper.shared().readTree(new String(claims, StandardCharsets.UTF_8));
  }
}
