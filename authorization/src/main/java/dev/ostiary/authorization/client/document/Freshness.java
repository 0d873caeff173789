package dev.ostiary.authorization.client.document;

import dev.ostiary.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How long a document is used before its host is asked again (RFC 9111 §4.2): what its headers say,
 * but at least a minute, so that no document is fetched at every sign-in, and at most a day.
 */
final class Freshness {
  static final Duration FLOOR = Duration.ofMinutes(1);
  static final Duration CAP = Duration.ofDays(1);

  /** For hosts that do not say. */
  static final Duration UNSAID = Duration.ofMinutes(10);

  private Freshness() {}

  static Duration of(Headers headers) {
    Duration said = said(headers);
    return said.compareTo(FLOOR) < 0 ? FLOOR : said.compareTo(CAP) > 0 ? CAP : said;
  }

  private static Duration said(Headers headers) {
    if (has(headers, "no-store") || has(headers, "no-cache")) {
      return Duration.ZERO;
    }
    OptionalLong age = seconds(headers, "s-maxage");
    if (age.isEmpty()) {
      age = seconds(headers, "max-age");
    }
    if (age.isPresent()) {
      long already = number(headers.first("Age").orElse("")).orElse(0);
      return Duration.ofSeconds(Math.max(0, age.getAsLong() - already));
    }
    return expires(headers).orElse(UNSAID);
  }

  private static Optional<Duration> expires(Headers headers) {
    if (!headers.has("Expires")) {
      return Optional.empty();
    }
    Optional<ZonedDateTime> from = headers.first("Date").flatMap(Freshness::date);
    Optional<ZonedDateTime> to = headers.first("Expires").flatMap(Freshness::date);
    return Optional.of(
        from.isPresent() && to.isPresent()
            ? Duration.between(from.get(), to.get())
            : Duration.ZERO);
  }

  private static Optional<ZonedDateTime> date(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private static boolean has(Headers headers, String directive) {
    return directives(headers).anyMatch(directive::equals);
  }

  private static OptionalLong seconds(Headers headers, String directive) {
    return directives(headers)
        .filter(text -> text.startsWith(directive + "="))
        .map(text -> number(text.substring(directive.length() + 1).replace("\"", "")))
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  private static Stream<String> directives(Headers headers) {
    return headers.all("Cache-Control").stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(text -> text.strip().toLowerCase(Locale.ROOT));
  }

  private static OptionalLong number(String text) {
    return text.matches("[0-9]{1,9}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
