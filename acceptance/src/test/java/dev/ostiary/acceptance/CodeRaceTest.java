package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One code, many simultaneous exchanges. */
@ExtendWith(WithProgram.class)
final class CodeRaceTest {
  private static final int EXCHANGES = 64;

  @Test
  @Requirement({"R-9", "R-10", "R-11"})
  void givesTokensOnceAndEndsTheGrant(Program program) throws Exception {
    try (Journey journey = new Journey(program)) {
      Journey.Code code = journey.authorize(journey.register("http://127.0.0.1:53684/callback"));

      List<HttpResponse<String>> answers = atOnce(() -> journey.exchange(code));

      List<HttpResponse<String>> won =
          answers.stream().filter(answer -> answer.statusCode() == 200).toList();
      assertThat(won).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.statusCode() != 200)
          .allSatisfy(CodeRaceTest::isInvalidGrant);
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

  private static <T> List<T> atOnce(Callable<T> action) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<T>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int each = 0; each < EXCHANGES; each++) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return action.call();
                }));
      }
      start.countDown();
    }
    List<T> results = new ArrayList<>();
    for (Future<T> each : running) {
      results.add(each.get());
    }
    return results;
  }
}
