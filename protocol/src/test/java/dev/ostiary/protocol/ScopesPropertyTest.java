package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import dev.ostiary.requirements.Samples;
import org.junit.jupiter.api.Test;

/** The algebra of scopes. */
final class ScopesPropertyTest {
  @Test
  void areReadAsTheyArePrinted() {
    Samples.each(
        1200,
        samples -> {
          Scopes scopes = scopes(samples);
          if (!scopes.isEmpty()) {
            assertThat(Scopes.parse(scopes.toWire())).contains(scopes);
            assertThat(Scopes.parse(" " + scopes.toWire().replace(" ", "   ") + " "))
                .contains(scopes);
          }
        });
  }

  @Test
  void haveAnyVisibleCharacterButQuoteAndBackslash() {
    Samples.each(
        1000,
        samples -> {
          String token = samples.text(1, 20, '!', '~').replace('"', '!').replace('\\', '~');
          assertThat(Scopes.parse(token)).contains(Scopes.of(token));
          assertThat(Scopes.parse(token + '"')).isEmpty();
          assertThat(Scopes.parse('\\' + token)).isEmpty();
        });
  }

  @Test
  void joinLikeSets() {
    Samples.each(
        1000,
        samples -> {
          Scopes a = scopes(samples);
          Scopes b = scopes(samples);
          Scopes c = scopes(samples);
          assertThat(a.union(b)).isEqualTo(b.union(a));
          assertThat(a.union(b).union(c)).isEqualTo(a.union(b.union(c)));
          assertThat(a.union(a)).isEqualTo(a);
          assertThat(a.union(Scopes.none())).isEqualTo(a);
          assertThat(a.union(b).containsAll(a)).isTrue();
          assertThat(a.union(b).minus(b)).isEqualTo(a.minus(b));
          assertThat(a.union(b).intersect(c)).isEqualTo(a.intersect(c).union(b.intersect(c)));
        });
  }

  @Test
  void containLikeSets() {
    Samples.each(
        1000,
        samples -> {
          Scopes a = scopes(samples);
          Scopes b = scopes(samples);
          assertThat(a.containsAll(b)).isEqualTo(a.union(b).equals(a));
          assertThat(a.containsAll(b)).isEqualTo(b.minus(a).isEmpty());
          assertThat(a.containsAll(b) && b.containsAll(a)).isEqualTo(a.equals(b));
          assertThat(a.hashCode() == b.hashCode() || !a.equals(b)).isTrue();
        });
  }

  /** Whatever a client asks for, what it gets of a grant is within the grant. */
  @Test
  @Requirement("R-21")
  void neverGetWiderByNarrowing() {
    Samples.each(
        1000,
        samples -> {
          Scopes grant = scopes(samples);
          Scopes asked = scopes(samples);
          assertThat(grant.containsAll(grant.intersect(asked))).isTrue();
          assertThat(asked.containsAll(grant.intersect(asked))).isTrue();
          assertThat(grant.containsAll(grant.minus(asked))).isTrue();
          assertThat(grant.minus(asked).intersect(asked)).isEqualTo(Scopes.none());
          assertThat(grant.minus(asked).union(grant.intersect(asked))).isEqualTo(grant);
        });
  }

  /** Of few names, so that two sets often share some. */
  private static Scopes scopes(Samples samples) {
    return Scopes.of(samples.list(6, () -> name(samples)));
  }

  private static Scope name(Samples samples) {
    return new Scope(
        samples.oneOf("read:user", "repo", "repo:status", "offline_access", "a", "b", "~"));
  }
}
