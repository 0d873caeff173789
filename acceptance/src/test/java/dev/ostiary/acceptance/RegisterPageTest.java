package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed page is the one that the register and the tests make. */
final class RegisterPageTest {
  @Test
  void isUpToDate() throws IOException {
    Path root = SourceTree.root();
    Path page = root.resolve("docs/reference/requirements.md");
    String made = RegisterPage.markdown(Register.read(root), LinkedTests.read(root));
    if ("write".equals(System.getProperty("docs"))) {
      Files.createDirectories(page.resolveSibling("."));
      Files.writeString(page, made);
    }

    assertThat(page)
        .as("docs/reference/requirements.md; to write it anew: mvn verify -Ddocs=write")
        .exists()
        .hasContent(made);
  }
}
