package dev.ostiary.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** How a server may be called, and how not. */
final class ResourceAliasesPropertyTest {
  private static final String ORIGIN = "https://knocker.example.com";
  private static final ProtectedServer GITHUB = server("github", ORIGIN + "/mcp");
  private static final ProtectedServer DOCS = server("docs", ORIGIN + "/docs/mcp");

  private final ResourceAliases aliases =
      new ResourceAliases(new Issuer(ORIGIN), List.of(GITHUB, DOCS));

  @Provide
  Arbitrary<ProtectedServer> server() {
    return Arbitraries.of(GITHUB, DOCS);
  }

  @Property
  @Requirement("A-14")
  void mayHaveSchemeAndHostInAnyCaseAndOneSlash(
      @ForAll("server") ProtectedServer server, @ForAll Random random, @ForAll boolean slash) {
    String path = server.resource().value().substring(ORIGIN.length());
    String origin = mixed(ORIGIN, random);

    assertThat(aliases.find(origin + path + (slash ? "/" : ""))).contains(server);
  }

  /** Whatever character is changed to whatever other: only the case of scheme and host is free. */
  @Property(tries = 3000)
  @Requirement("R-34")
  void differInNothingElse(
      @ForAll("server") ProtectedServer server,
      @ForAll @IntRange(max = 60) int index,
      @ForAll char character) {
    String name = server.resource().value();
    int at = index % name.length();
    String changed = name.substring(0, at) + character + name.substring(at + 1);
    Assume.that(!changed.equals(name));
    boolean caseOnly = at < ORIGIN.length() && character < 0x80 && changed.equalsIgnoreCase(name);

    assertThat(aliases.find(changed).isPresent()).isEqualTo(caseOnly);
  }

  @Property
  @Requirement("R-34")
  void areNoneOfTheOthers(@ForAll String anything) {
    assertThat(aliases.find(anything)).isEmpty();
    assertThat(aliases.find(ORIGIN + "/mcp/x" + anything)).isEmpty();
    assertThat(aliases.find(ORIGIN + anything + "x/mcp")).isEmpty();
  }

  private static String mixed(String text, Random random) {
    return text.chars()
        .mapToObj(Character::toString)
        .map(c -> random.nextBoolean() ? c.toUpperCase(Locale.ROOT) : c)
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
