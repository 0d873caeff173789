package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code ostiary demo --sign-in openid}, from registration to a refreshed call. */
final class OpenIdDemoIT {
  @Test
  void theSameJourneyWithAnOpenIdProvider() throws IOException, InterruptedException {
    Path folder = SourceTree.root().resolve("acceptance/target");
    Path data = Files.createTempDirectory(folder, "data-");
    try (Program program = Program.startWithOpenId(data);
        Journey journey = new Journey(program)) {
      Journey.Tokens tokens = journey.signIn();
      assertThat(journey.call(tokens.access())).isEqualTo(200);

      Journey.Tokens later = Journey.tokens(tokens.client(), journey.refresh(tokens));
      assertThat(journey.call(later.access())).isEqualTo(200);
      assertThat(program.audit())
          .anySatisfy(
              line -> assertThat(line).contains("\"grant.created\"", "\"acme:user-583231\""));
    }
  }
}
