package dev.ostiary.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.config.Environment;
import dev.ostiary.config.Reading;
import dev.ostiary.config.Report;
import dev.ostiary.embed.config.ConfigKeys;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.protocol.Result;
import java.util.Map;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as a configuration file. */
final class ConfigReaderFuzzTest {
  private static final String SECRET = "s3cr3t-of-the-environment";
  private static final Environment SURROUNDINGS =
      new Environment(
          Map.of("GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET", SECRET),
          path -> Result.refused("names a file that does not exist: " + path),
          YamlText::read);

  @ValueSource(
      strings = {
        "",
        "url: https://mcp.example.com\nsign-in: {github: {client-id: a, client-secret: b}}",
        "url: http://localhost:8080\nservers:\n  a: {connector: github, path: /a/mcp}\n",
        "sign-in: {github: {client-secret: \"${GITHUB_CLIENT_SECRET}\"}}",
        "sign-in: {github: {client-secret: file:secret}}",
        "url: ${GITHUB_CLIENT_SECRET}",
        "tokens: {access-token-lifetime: 99999999999999999999h, code-lifetime: -1s}",
        "limits: {registration: 99999999999/1s}",
        "trusted-proxies: [10.0.0.0/8, ::1, x]",
        "a: &a [*a]",
        "? {a: b}\n: c",
        "a: !!binary x",
        "--- a\n--- b",
        "\t- x",
        "url: \"\\ud800\"",
        "<<: {a: b}"
      })
  @FuzzTest
  void isAConfigurationThatKeepsTheRulesOrAReport(@NotNull String text) {
    Reading reading = new Reading(text, SURROUNDINGS);
    OstiaryConfig config = reading.read(ConfigKeys.ROOT);

    if (reading.problems().isEmpty()) {
      assertThat(ConfigKeys.check(config)).isEmpty();
    } else {
      String report = new Report("ostiary.yaml", reading.problems()).toString();
      assertThat(report).isNotBlank().doesNotContain(SECRET);
    }
  }
}
