package dev.ostiary.authorization.client.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.requirements.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which redirect URIs match a registered one. */
@Requirement({"A-28", "A-57", "R-2"})
final class ValidatedRedirectPropertyTest {
  private static final int HIGHEST_PORT = 65_535;

  @Test
  void areThemselves() {
    Samples.each(
        1000,
        samples -> {
          String uri = site(samples);
          assertThat(RedirectRules.check(uri)).isInstanceOf(Result.Ok.class);
          assertThat(match(uri, uri)).isPresent();
        });
  }

  /** One more, one less or another character is another URI. */
  @Test
  void areNothingElse() {
    Samples.each(
        1100,
        samples -> {
          String uri = site(samples);
          int at = samples.between(0, uri.length() - 1);
          char character = (char) samples.between(' ', '~');
          if (uri.charAt(at) == character) {
            return;
          }
          String before = uri.substring(0, at);
          String after = uri.substring(at + 1);

          assertThat(match(uri, before + character + after)).isEmpty();
          assertThat(match(uri, before + character + uri.substring(at))).isEmpty();
          assertThat(match(uri, before + after)).isEmpty();
          assertThat(match(uri, uri + character)).isEmpty();
        });
  }

  @Test
  void mayHaveAnyPortOnThisMachine() {
    Samples.each(
        1000,
        samples -> {
          String origin = "http://" + loopback(samples);
          String path = path(samples);
          String withPort = origin + ":" + port(samples) + path;
          String otherPort = origin + ":" + port(samples) + path;
          String withoutPort = origin + path;

          assertThat(match(withPort, otherPort))
              .map(ValidatedRedirect::toString)
              .contains(otherPort);
          assertThat(match(withoutPort, otherPort)).isPresent();
          assertThat(match(withPort, withoutPort)).isPresent();
        });
  }

  @Test
  void mayHaveNoOtherPortElsewhere() {
    Samples.each(
        1500,
        samples -> {
          String path = path(samples);
          int registered = port(samples);
          int used = port(samples);
          if (registered == used) {
            return;
          }
          for (String origin :
              List.of("https://a.example", "https://127.0.0.1", "cursor://localhost")) {
            assertThat(match(origin + ":" + registered + path, origin + ":" + used + path))
                .isEmpty();
          }
        });
  }

  @Test
  void areAnotherOnAnotherNameOfThisMachine() {
    Samples.each(
        1000,
        samples -> {
          String one = loopback(samples);
          String other = loopback(samples);
          String path = path(samples);

          assertThat(match("http://" + one + path, "http://" + other + ":3000" + path).isPresent())
              .isEqualTo(one.equals(other));
        });
  }

  /** No path is the root on this machine, where a browser may have added it, but not elsewhere. */
  @Test
  void areAnotherWithAnotherPath() {
    Samples.each(
        1000,
        samples -> {
          String one = path(samples);
          String other = path(samples);
          String machine = "http://" + loopback(samples) + ":";

          assertThat(
                  match(machine + port(samples) + one, machine + port(samples) + other).isPresent())
              .isEqualTo(rooted(one).equals(rooted(other)));
          assertThat(match("https://a.example" + one, "https://a.example" + other).isPresent())
              .isEqualTo(one.equals(other));
        });
  }

  private static String loopback(Samples samples) {
    return samples.oneOf("127.0.0.1", "127.1.2.3", "[::1]", "localhost");
  }

  private static int port(Samples samples) {
    return samples.oneOf(1, HIGHEST_PORT, samples.between(1, HIGHEST_PORT));
  }

  private static String path(Samples samples) {
    return samples.oneOf("", "/", "/cb", "/oauth/callback", "/a.b;c=d")
        + samples.oneOf("", "?", "?a=b", "?a=b&c=%2F");
  }

  private static String rooted(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }

  private static String site(Samples samples) {
    String origin =
        samples.oneOf(
            "https://a.example",
            "https://a.example:8443",
            "https://localhost",
            "https://127.0.0.1:3000",
            "https://xn--bcher-kva.example",
            "cursor://anysphere.cursor-mcp",
            "com.example.app:/x");
    return origin + path(samples);
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
