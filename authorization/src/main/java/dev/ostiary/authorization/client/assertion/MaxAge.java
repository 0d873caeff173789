package dev.ostiary.authorization.client.assertion;

import dev.ostiary.http.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** For how long an answer may be kept, by its server's own word (RFC 9111 §5.2.2.1). */
final class MaxAge {
  private static final String NAME = "max-age=";

  private MaxAge() {}

  /** Nothing if the server does not say; none at all if it is not to be kept. */
  static Optional<Duration> of(Headers headers) {
    List<String> directives =
        headers.all("Cache-Control").stream()
            .flatMap(value -> Stream.of(value.split(",", -1)))
            .map(directive -> directive.strip().toLowerCase(Locale.ROOT))
            .toList();
    if (directives.contains("no-store") || directives.contains("no-cache")) {
      return Optional.of(Duration.ZERO);
    }
    return directives.stream()
        .filter(directive -> directive.matches(NAME + "[0-9]{1,9}"))
        .map(directive -> Duration.ofSeconds(Long.parseLong(directive.substring(NAME.length()))))
        .findFirst();
  }
}
