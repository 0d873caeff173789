package dev.ostiary.http.netty;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of {@code Date} (RFC 9110 §5.6.7), written once a second. */
final class DateField {
  private record Written(long second, String text) {}

  private final DateTimeFormatter format =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private final InstantSource time;
  private volatile Written last = new Written(Long.MIN_VALUE, "");

  DateField(InstantSource time) {
    this.time = time;
  }

  String now() {
    Written written = last;
    long second = Math.floorDiv(time.millis(), 1000L);
    if (written.second() != second) {
      written = new Written(second, format.format(java.time.Instant.ofEpochSecond(second)));
      last = written;
    }
    return written.text();
  }
}
