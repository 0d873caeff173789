package dev.ostiary.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Service;
import dev.ostiary.server.config.ConfigSource;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.testkit.ServiceOutbound;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
  private static final String ISSUER = "http://127.0.0.1:8080";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @BeforeEach
  void begin() throws Exception {
    DataDirectory data = DataDirectory.open(folder.resolve("ostiary-data"));
    var _ = data.masterKey();
    Files.writeString(data.database(), "");
  }

  @Test
  void findsNothingWrong() {
    assertThat(examine(ISSUER, credentials("0123456789abcdef0123456789abcdef01234567")))
        .contains(List.of(URI.create(ISSUER + "/mcp")));
    assertThat(told()).contains("✔ The configuration is right").doesNotContain("✘", "!");
  }

  @Test
  void saysWhatIsWrongWithTheConfiguration() {
    assertThat(examine(ISSUER, Map.of())).isEmpty();
    assertThat(told()).contains("✘ The configuration is wrong.", "GITHUB_CLIENT_ID");
  }

  @Test
  void doubtsCredentialsThatDoNotLookLikeGitHubs() {
    assertThat(examine(ISSUER, credentials("short"))).isPresent();
    assertThat(told()).contains("! The client secret does not look like GitHub's.", "/callback");
  }

  @Test
  void seesThatAnotherServerAnswers() {
    assertThat(
            examine(
                "https://other.example", credentials("0123456789abcdef0123456789abcdef01234567")))
        .isEmpty();
    assertThat(told()).contains("✘ The metadata at the public URL is not of this configuration.");
  }

  @Test
  void seesThatThereIsNoData() throws Exception {
    Files.delete(folder.resolve("ostiary-data/ostiary.db"));

    assertThat(examine(ISSUER, credentials("0123456789abcdef0123456789abcdef01234567"))).isEmpty();
    assertThat(told()).contains("✘ There is no data of Ostiary");
  }

  private Optional<List<URI>> examine(String issuer, Map<String, String> variables) {
    try (ServiceOutbound outbound = new ServiceOutbound(serving(issuer))) {
      return new Doctor(new PrintStream(out, true, StandardCharsets.UTF_8), false, folder, outbound)
          .examine("the environment", ConfigSource.environment(variables));
    }
  }

  private static Map<String, String> credentials(String secret) {
    return Map.of("GITHUB_CLIENT_ID", "Ov23liAbCdEfGhIjKlMn", "GITHUB_CLIENT_SECRET", secret);
  }

  private static Service serving(String issuer) {
    return exchange -> exchange.reply(Reply.json(200, "{\"issuer\":\"" + issuer + "\"}"));
  }

  private String told() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
