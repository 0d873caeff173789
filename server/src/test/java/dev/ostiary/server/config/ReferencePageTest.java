package dev.ostiary.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.config.Entry;
import dev.ostiary.embed.config.ConfigKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference page has exactly the keys that are read, with the defaults that hold. */
final class ReferencePageTest {
  private static final Path PAGE = Path.of("../docs/reference/configuration.md");
  private static final String BEGIN = "<!-- keys -->\n";
  private static final String END = "<!-- end of keys -->\n";

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
    return ConfigKeys.ROOT
        .entries("", null)
        .map(ReferencePageTest::row)
        .collect(
            Collectors.joining(
                "\n", "| key | value | when it is missing | meaning |\n|---|---|---|---|\n", "\n"));
  }

  private static String row(Entry entry) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            entry.path().replace("*", "NAME"), entry.kind(), entry.otherwise(), entry.meaning());
  }
}
