package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import dev.ostiary.requirements.Samples;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Challenges, read back as RFC 9110 §11.6.1 has it. */
final class ChallengePropertyTest {
  private static final Pattern PARAMETER =
      Pattern.compile("([a-z_]+)=\"([\\x20-\\x7e&&[^\"\\\\]]*)\"");
  private static final Pattern CHALLENGE =
      Pattern.compile("Bearer(?: " + PARAMETER + "(?:, " + PARAMETER + ")*)?");

  @Test
  @Requirement("R-25")
  void areOneLineOfParametersWhateverTheySay() {
    Samples.each(
        1000,
        samples -> {
          String description = samples.anyText(100);
          String uri = samples.anyText(100);
          String wire =
              Challenge.invalidToken(description)
                  .resourceMetadata(uri)
                  .scope(scopes(samples))
                  .toWire();

          assertThat(wire).matches(CHALLENGE);
          assertThat(parameters(wire)).containsEntry("error", "invalid_token");
          assertThat(parameters(wire).get("error_description")).hasSameSizeAs(description);
          assertThat(parameters(wire).get("resource_metadata")).hasSameSizeAs(uri);
        });
  }

  @Test
  @Requirement("A-6")
  void sayTheirScopesAsTheyAreButOfflineAccess() {
    Samples.each(
        1000,
        samples -> {
          Scopes scopes = scopes(samples);
          Scopes with = scopes.union(Scopes.of("offline_access"));
          String wire = Challenge.unauthenticated().scope(with).toWire();

          assertThat(wire).matches(CHALLENGE);
          assertThat(parameters(wire).getOrDefault("scope", "")).isEqualTo(scopes.toWire());
        });
  }

  private static Scopes scopes(Samples samples) {
    return Scopes.of(samples.list(4, () -> scope(samples)));
  }

  private static Scope scope(Samples samples) {
    return new Scope(samples.text(1, 12, '!', '~').replace('"', '!').replace('\\', '~'));
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
