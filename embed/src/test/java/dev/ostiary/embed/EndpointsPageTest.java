package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Router;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference page lists what is routed, and who may call it. */
final class EndpointsPageTest {
  private static final Path PAGE = Path.of("../docs/reference/endpoints.md");
  private static final String BEGIN = "| path | methods | who may call | other origins |";
  private static final String END = "\n\n";

  @Test
  void listsEveryRoute() throws Exception {
    String page = Files.readString(PAGE);
    String made = table();
    if ("write".equals(System.getProperty("docs"))) {
      int begin = page.indexOf(BEGIN);
      page = page.substring(0, begin) + made + page.substring(page.indexOf(END, begin));
      Files.writeString(PAGE, page);
    }

    assertThat(page).as("%s; to write it anew: mvn verify -Ddocs=write", PAGE).contains(made);
  }

  private static String table() throws Exception {
    try (RunningOstiary running = new RunningOstiary(SampleConfig.at("https://mcp.example.com"))) {
      return BEGIN
          + "\n|---|---|---|---|\n"
          + running.ostiary().routes().stream()
              .map(EndpointsPageTest::row)
              .distinct()
              .collect(Collectors.joining("\n"));
    }
  }

  private static String row(Router.Listed listed) {
    List<String> methods = listed.route().methods();
    return "| `%s` | %s | %s | %s |"
        .formatted(
            // The stylesheet's name has a hash of its content.
            listed.route().path().replaceFirst("-[A-Za-z0-9_-]+\\.css$", "-HASH.css"),
            String.join(", ", methods),
            switch (listed.access()) {
              case ANYBODY -> "anybody";
              case BROWSER -> "a person's browser";
              case CLIENT -> "an OAuth client";
              case REGISTRATION -> "the bearer of a registration token";
              case TOKEN -> "the bearer of an access token";
              case OPERATOR -> "an operator";
            },
            listed.route().crossOrigin() ? "may read" : "no");
  }
}
