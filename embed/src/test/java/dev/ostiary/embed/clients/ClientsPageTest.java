package dev.ostiary.embed.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about clients says what their fixtures say. */
final class ClientsPageTest {
  private static final Path PAGE = Path.of("../docs/reference/clients.md");
  private static final String BEGIN = "<!-- clients -->\n";
  private static final String END = "<!-- end of clients -->\n";

  @Test
  void isMadeFromTheFixtures() throws Exception {
    String page = Files.readString(PAGE);
    String made = BEGIN + ClientsPage.of(ClientFixture.all()) + END;
    if ("write".equals(System.getProperty("docs"))) {
      page =
          page.substring(0, page.indexOf(BEGIN))
              + made
              + page.substring(page.indexOf(END) + END.length());
      Files.writeString(PAGE, page);
    }

    assertThat(page).as("%s; to write it anew: mvn verify -Ddocs=write", PAGE).contains(made);
  }

  @Test
  void namesThePrivateUseSchemesOfKnownClients() throws Exception {
    String schemes =
        PrivateUseSchemes.DEFAULTS.known().stream()
            .map(scheme -> "`" + scheme + "`")
            .collect(Collectors.joining(", "));

    assertThat(Files.readString(PAGE).replace('\n', ' ')).contains(": " + schemes + ".");
  }

  @Test
  void hasEveryClientThatIsPromised() throws Exception {
    assertThat(ClientFixture.all().stream().map(ClientFixture::name).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "ChatGPT",
            "Claude.ai",
            "Claude Code",
            "Codex",
            "Cursor",
            "Gemini CLI",
            "MCP Inspector",
            "mcp-remote",
            "VS Code");
  }
}
