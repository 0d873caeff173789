package dev.ostiary.authorization.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.ClientMetadata;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;

/** Which redirect URIs match a registered one. */
@Requirement({"A-28", "A-57", "R-2"})
final class ValidatedRedirectPropertyTest {
  @Provide
  Arbitrary<String> loopback() {
    return Arbitraries.of("127.0.0.1", "127.1.2.3", "[::1]", "localhost");
  }

  @Provide
  Arbitrary<String> path() {
    Arbitrary<String> segment = Arbitraries.of("", "/", "/cb", "/oauth/callback", "/a.b;c=d");
    Arbitrary<String> query = Arbitraries.of("", "?", "?a=b", "?a=b&c=%2F");
    return Combinators.combine(segment, query).as((left, right) -> left + right);
  }

  @Provide
  Arbitrary<String> site() {
    Arbitrary<String> origin =
        Arbitraries.of(
            "https://a.example",
            "https://a.example:8443",
            "https://localhost",
            "https://127.0.0.1:3000",
            "https://xn--bcher-kva.example",
            "cursor://anysphere.cursor-mcp",
            "com.example.app:/x");
    return Combinators.combine(origin, path()).as((left, right) -> left + right);
  }

  @Property
  void areThemselves(@ForAll("site") String uri) {
    assertThat(RedirectRules.check(uri)).isInstanceOf(Result.Ok.class);
    assertThat(match(uri, uri)).isPresent();
  }

  /** One more, one less or another character is another URI. */
  @Property
  void areNothingElse(
      @ForAll("site") String uri,
      @ForAll @IntRange(max = 60) int index,
      @ForAll @CharRange(from = ' ', to = '~') char character) {
    int at = index % uri.length();
    String replaced = uri.substring(0, at) + character + uri.substring(at + 1);
    String inserted = uri.substring(0, at) + character + uri.substring(at);
    Assume.that(!replaced.equals(uri));

    assertThat(match(uri, replaced)).isEmpty();
    assertThat(match(uri, inserted)).isEmpty();
    assertThat(match(uri, uri.substring(0, at) + uri.substring(at + 1))).isEmpty();
    assertThat(match(uri, uri + character)).isEmpty();
  }

  @Property
  void mayHaveAnyPortOnThisMachine(
      @ForAll("loopback") String host,
      @ForAll("path") String path,
      @ForAll @IntRange(min = 1, max = 65_535) int registered,
      @ForAll @IntRange(min = 1, max = 65_535) int used) {
    String withPort = "http://" + host + ":" + registered + path;
    String otherPort = "http://" + host + ":" + used + path;
    String withoutPort = "http://" + host + path;

    assertThat(match(withPort, otherPort)).map(ValidatedRedirect::toString).contains(otherPort);
    assertThat(match(withoutPort, otherPort)).isPresent();
    assertThat(match(withPort, withoutPort)).isPresent();
  }

  @Property
  void mayHaveNoOtherPortElsewhere(
      @ForAll("path") String path,
      @ForAll @IntRange(min = 1, max = 65_535) int registered,
      @ForAll @IntRange(min = 1, max = 65_535) int used) {
    Assume.that(registered != used);
    for (String origin : List.of("https://a.example", "https://127.0.0.1", "cursor://localhost")) {
      assertThat(match(origin + ":" + registered + path, origin + ":" + used + path)).isEmpty();
    }
  }

  @Property
  void areAnotherOnAnotherNameOfThisMachine(
      @ForAll("loopback") String one,
      @ForAll("loopback") String other,
      @ForAll("path") String path) {
    assertThat(match("http://" + one + path, "http://" + other + ":3000" + path).isPresent())
        .isEqualTo(one.equals(other));
  }

  private static Optional<ValidatedRedirect> match(String registered, String requested) {
    return ValidatedRedirect.match(
        new ClientMetadata(
            null,
            List.of(new RedirectUri(registered)),
            "none",
            List.of("authorization_code"),
            List.of("code"),
            null,
            null,
            Map.of()),
        requested);
  }
}
