package dev.ostiary.authorization.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.requirements.Samples;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How a server may be called, and how not. */
final class ResourceAliasesPropertyTest {
  private static final String ORIGIN = "https://knocker.example.com";
  private static final ProtectedServer GITHUB = server("github", ORIGIN + "/mcp");
  private static final ProtectedServer DOCS = server("docs", ORIGIN + "/docs/mcp");

  private final ResourceAliases aliases =
      new ResourceAliases(new Issuer(ORIGIN), List.of(GITHUB, DOCS));

  @Test
  @Requirement("A-14")
  void mayHaveSchemeAndHostInAnyCaseAndOneSlash() {
    Samples.each(
        1000,
        samples -> {
          ProtectedServer server = samples.oneOf(GITHUB, DOCS);
          String path = server.resource().value().substring(ORIGIN.length());
          String origin = mixed(ORIGIN, samples);

          assertThat(aliases.find(origin + path + (samples.yes() ? "/" : ""))).contains(server);
        });
  }

  /**
   * Whatever character is changed to whatever other, such as the long s and the Kelvin sign, whose
   * other case is ASCII: only the case of scheme and host is free.
   */
  @Test
  @Requirement("R-34")
  void differInNothingElse() {
    Samples.each(
        3100,
        samples -> {
          String name = samples.oneOf(GITHUB, DOCS).resource().value();
          int at = samples.between(0, name.length() - 1);
          char otherCase = (char) (name.charAt(at) ^ 0x20);
          char character = samples.oneOf(samples.character(), otherCase, '\u017f', '\u212a');
          String changed = name.substring(0, at) + character + name.substring(at + 1);
          boolean caseOnly =
              at < ORIGIN.length() && character < 0x80 && changed.equalsIgnoreCase(name);

          if (!changed.equals(name)) {
            assertThat(aliases.find(changed).isPresent()).isEqualTo(caseOnly);
          }
        });
  }

  @Test
  @Requirement("R-34")
  void areNoneOfTheOthers() {
    Samples.each(
        1000,
        samples -> {
          String anything = samples.anyText(100);
          assertThat(aliases.find(anything)).isEmpty();
          assertThat(aliases.find(ORIGIN + "/mcp/x" + anything)).isEmpty();
          assertThat(aliases.find(ORIGIN + anything + "x/mcp")).isEmpty();
        });
  }

  private static String mixed(String text, Samples samples) {
    return text.chars()
        .mapToObj(Character::toString)
        .map(c -> samples.yes() ? c.toUpperCase(Locale.ROOT) : c)
        .collect(Collectors.joining());
  }

  private static ProtectedServer server(String name, String resource) {
    return new ProtectedServer(
        name,
        name,
        new Resource(resource),
        Scopes.of("read:user"),
        Scopes.of("read:user"),
        "github");
  }
}
