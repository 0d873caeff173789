package dev.ostiary.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.protocol.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference page has exactly the keys that are read, with the defaults that hold. */
final class ReferencePageTest {
  private static final Path PAGE = Path.of("../docs/reference/configuration.md");
  private static final String BEGIN = "<!-- keys -->\n";
  private static final String END = "<!-- end of keys -->\n";

  private static final OstiaryConfig DEFAULTS =
      OstiaryConfig.defaults(
          new GitHubSettings(
              GitHubSettings.GITHUB, "", new Secret(""), GitHubSettings.Allow.ANYBODY));

  @Test
  void isMadeFromTheKeys() throws Exception {
    String page = Files.readString(PAGE);
    String made = BEGIN + table() + END;
    if ("write".equals(System.getProperty("docs"))) {
      page =
          page.substring(0, page.indexOf(BEGIN))
              + made
              + page.substring(page.indexOf(END) + END.length());
      Files.writeString(PAGE, page);
    }

    assertThat(page).as("%s; to write it anew: mvn verify -Ddocs=write", PAGE).contains(made);
  }

  private static String table() {
    return Keys.ALL.stream()
        .map(ReferencePageTest::row)
        .collect(
            Collectors.joining(
                "\n", "| key | value | when it is missing | meaning |\n|---|---|---|---|\n", "\n"));
  }

  private static <T> String row(Key<T> key) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            key.path().replace("*", "NAME"),
            key.list() ? "list of " + key.form().kind() + "s" : key.form().kind(),
            key.otherwise().isEmpty() ? fallback(key) : key.otherwise(),
            key.meaning());
  }

  private static <T> String fallback(Key<T> key) {
    List<T> values = key.value().apply(DEFAULTS);
    return values.isEmpty()
        ? "none"
        : values.stream()
            .map(value -> "`" + key.form().format().apply(value) + "`")
            .collect(Collectors.joining(", "));
  }
}
