package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Challenges, read back as RFC 9110 §11.6.1 has it. */
final class ChallengePropertyTest {
  private static final Pattern PARAMETER =
      Pattern.compile("([a-z_]+)=\"([\\x20-\\x7e&&[^\"\\\\]]*)\"");
  private static final Pattern CHALLENGE =
      Pattern.compile("Bearer(?: " + PARAMETER + "(?:, " + PARAMETER + ")*)?");

  @Provide
  Arbitrary<Scopes> scopes() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .excludeChars('"', '\\')
        .ofMinLength(1)
        .ofMaxLength(12)
        .map(Scope::new)
        .list()
        .ofMaxSize(4)
        .map(Scopes::of);
  }

  @Property
  @Requirement("R-25")
  void areOneLineOfParametersWhateverTheySay(
      @ForAll String description, @ForAll String uri, @ForAll("scopes") Scopes scopes) {
    String wire = Challenge.invalidToken(description).resourceMetadata(uri).scope(scopes).toWire();

    assertThat(wire).matches(CHALLENGE);
    assertThat(parameters(wire)).containsEntry("error", "invalid_token");
    assertThat(parameters(wire).get("error_description")).hasSameSizeAs(description);
    assertThat(parameters(wire).get("resource_metadata")).hasSameSizeAs(uri);
  }

  @Property
  @Requirement("A-6")
  void sayTheirScopesAsTheyAreButOfflineAccess(@ForAll("scopes") Scopes scopes) {
    Scopes with = scopes.union(Scopes.of("offline_access"));
    String wire = Challenge.unauthenticated().scope(with).toWire();

    assertThat(wire).matches(CHALLENGE);
    assertThat(parameters(wire).getOrDefault("scope", "")).isEqualTo(scopes.toWire());
  }

  private static Map<String, String> parameters(String wire) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(wire);
    while (matcher.find()) {
      assertThat(parameters.put(matcher.group(1), matcher.group(2))).isNull();
    }
    return parameters;
  }
}
