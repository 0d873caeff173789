package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The algebra of scopes. */
final class ScopesPropertyTest {
  /** Few enough that two sets often share some. */
  @Provide
  Arbitrary<Scopes> scopes() {
    Set<String> names = Set.of("read:user", "repo", "repo:status", "offline_access", "a", "b", "~");
    return Arbitraries.of(names).map(Scope::new).list().ofMaxSize(6).map(Scopes::of);
  }

  @Provide
  Arbitrary<String> token() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .excludeChars('"', '\\')
        .ofMinLength(1)
        .ofMaxLength(20);
  }

  @Property
  void areReadAsTheyArePrinted(@ForAll("scopes") Scopes scopes) {
    if (!scopes.isEmpty()) {
      assertThat(Scopes.parse(scopes.toWire())).contains(scopes);
      assertThat(Scopes.parse(" " + scopes.toWire().replace(" ", "   ") + " ")).contains(scopes);
    }
  }

  @Property
  void haveAnyVisibleCharacterButQuoteAndBackslash(@ForAll("token") String token) {
    assertThat(Scopes.parse(token)).contains(Scopes.of(token));
    assertThat(Scopes.parse(token + '"')).isEmpty();
    assertThat(Scopes.parse('\\' + token)).isEmpty();
  }

  @Property
  void joinLikeSets(
      @ForAll("scopes") Scopes a, @ForAll("scopes") Scopes b, @ForAll("scopes") Scopes c) {
    assertThat(a.union(b)).isEqualTo(b.union(a));
    assertThat(a.union(b).union(c)).isEqualTo(a.union(b.union(c)));
    assertThat(a.union(a)).isEqualTo(a);
    assertThat(a.union(Scopes.none())).isEqualTo(a);
    assertThat(a.union(b).containsAll(a)).isTrue();
    assertThat(a.union(b).minus(b)).isEqualTo(a.minus(b));
    assertThat(a.union(b).intersect(c)).isEqualTo(a.intersect(c).union(b.intersect(c)));
  }

  @Property
  void containLikeSets(@ForAll("scopes") Scopes a, @ForAll("scopes") Scopes b) {
    assertThat(a.containsAll(b)).isEqualTo(a.union(b).equals(a));
    assertThat(a.containsAll(b)).isEqualTo(b.minus(a).isEmpty());
    assertThat(a.containsAll(b) && b.containsAll(a)).isEqualTo(a.equals(b));
    assertThat(a.hashCode() == b.hashCode() || !a.equals(b)).isTrue();
  }

  /** Whatever a client asks for, what it gets of a grant is within the grant. */
  @Property
  @Requirement("R-21")
  void neverGetWiderByNarrowing(@ForAll("scopes") Scopes grant, @ForAll("scopes") Scopes asked) {
    assertThat(grant.containsAll(grant.intersect(asked))).isTrue();
    assertThat(asked.containsAll(grant.intersect(asked))).isTrue();
    assertThat(grant.containsAll(grant.minus(asked))).isTrue();
    assertThat(grant.minus(asked).intersect(asked)).isEqualTo(Scopes.none());
    assertThat(grant.minus(asked).union(grant.intersect(asked))).isEqualTo(grant);
  }
}
