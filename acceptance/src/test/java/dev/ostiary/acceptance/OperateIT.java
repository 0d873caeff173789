package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator's commands beside a program that runs, and what clients and users see of them. */
@Timeout(180)
final class OperateIT {
  private static final URI REDIRECT = URI.create("http://127.0.0.1:53684/callback");

  @TempDir private Path folder;

  @Test
  @Requirement({"A-50", "R-50"})
  void aClientThatTheOperatorAddedSignsInAndLosesItsGrantAtOnce() throws Exception {
    try (Program program = Program.start(folder.resolve("data"));
        Journey journey = new Journey(program)) {
      Journey.Registered desk = add(program, "desk");
      Journey.Tokens tokens = signIn(journey, desk);
      Journey.Tokens others = journey.signIn();
      assertThat(journey.call(tokens.access())).isEqualTo(200);

      JsonNode grant = onlyGrant(program, "desk");
      assertThat(grant.get("user_name").asString()).isEqualTo("octocat");
      assertThat(grant.get("client_name").asString()).isEqualTo("Desk");
      assertThat(program.operate("grants", "revoke", grant.get("grant").asString()).out())
          .isEqualTo("Revoked grants: 1\n");

      assertThat(journey.call(tokens.access())).isEqualTo(401);
      assertRefused(journey.refresh(tokens), 400, "invalid_grant");
      assertThat(journey.call(others.access())).isEqualTo(200);
      assertThat(program.operate("grants", "list", "--client", "desk").err())
          .isEqualTo("There are no such grants.\n");
      assertThat(journey.call(signIn(journey, desk).access())).isEqualTo(200);
      program.stop();
      assertThat(program.audit())
          .anyMatch(line -> line.contains("client.added") && line.contains("\"desk\""))
          .anyMatch(line -> line.contains("grant.ended") && line.contains("\"operator\""))
          .noneMatch(line -> line.contains(tokens.refresh()));
    }
  }

  @Test
  @Requirement({"A-50", "R-50"})
  void aClientOutlivesAKilledProgramAndLosesEverythingWhenItIsRemoved() throws Exception {
    Program killed = Program.start(folder.resolve("data"));
    Journey.Registered desk = add(killed, "desk");
    Journey.Tokens tokens;
    try (Journey journey = new Journey(killed)) {
      tokens = signIn(journey, desk);
    }
    killed.kill();

    try (Program again = killed.restart();
        Journey journey = new Journey(again)) {
      assertThat(journey.call(tokens.access())).isEqualTo(200);

      assertThat(again.operate("clients", "remove", "desk"))
          .isEqualTo(new Program.Ran(0, "Removed client desk; grants ended: 1\n", ""));

      assertThat(journey.call(tokens.access())).isEqualTo(401);
      assertRefused(journey.refresh(tokens), 401, "invalid_client");
      assertThat(again.operate("clients", "remove", "desk"))
          .isEqualTo(new Program.Ran(1, "", "There is no client desk.\n"));
    }
  }

  @Test
  @Requirement("R-50")
  void aGrantThatIsRevokedWhileNoProgramRunsIsGoneWhenItDoes() throws Exception {
    Program stopped = Program.start(folder.resolve("data"));
    Journey.Tokens tokens;
    try (Journey journey = new Journey(stopped)) {
      tokens = journey.signIn();
    }
    assertThat(stopped.stop()).isTrue();

    assertThat(stopped.operate("grants", "revoke", "--client", tokens.client().id()).out())
        .isEqualTo("Revoked grants: 1\n");

    try (Program again = stopped.restart();
        Journey journey = new Journey(again)) {
      assertThat(journey.call(tokens.access())).isEqualTo(401);
      assertRefused(journey.refresh(tokens), 400, "invalid_grant");
    }
  }

  private static Journey.Registered add(Program program, String id)
      throws IOException, InterruptedException {
    Program.Ran added =
        program.operate(
            "clients", "add", "--id", id, "--name", "Desk", "--redirect-uri", REDIRECT.toString());
    assertThat(added).isEqualTo(new Program.Ran(0, "Client ID:      " + id + "\n", ""));
    return new Journey.Registered(id, REDIRECT);
  }

  private static Journey.Tokens signIn(Journey journey, Journey.Registered client)
      throws IOException, InterruptedException {
    return Journey.tokens(client, journey.exchange(journey.authorize(client)));
  }

  private static JsonNode onlyGrant(Program program, String client)
      throws IOException, InterruptedException {
    List<String> lines =
        program.operate("grants", "list", "--json", "--client", client).out().lines().toList();
    assertThat(lines).hasSize(1);
    return JsonMapper.shared().readTree(lines.getFirst());
  }

  private static void assertRefused(HttpResponse<String> response, int status, String error) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Journey.json(response).get("error").asString()).isEqualTo(error);
  }
}
