package dev.ostiary.embed.config;

import dev.ostiary.authorization.model.Limit;
import dev.ostiary.config.TimeSpan;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A limit as people write it: {@code 300 per 1h}, {@code 300 per 1h burst 100}, {@code off}. */
final class Rate {
  private static final String OFF = "off";
  private static final Pattern SHAPE =
      Pattern.compile("([0-9]{1,9}) per ([0-9]{1,9}[smhd])(?: burst ([0-9]{1,9}))?");

  private Rate() {}

  static Limit parse(String text) {
    if (text.equals(OFF)) {
      return Limit.NONE;
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a number of requests per time");
    }
    int requests = Integer.parseInt(matcher.group(1));
    int burst = matcher.group(3) == null ? requests : Integer.parseInt(matcher.group(3));
    try {
      return new Limit(requests, TimeSpan.parse(matcher.group(2)), burst);
    } catch (IllegalArgumentException outOfRange) {
      throw new IllegalArgumentException(
          "must allow at least one request, in a time of up to a year", outOfRange);
    }
  }

  static String format(Limit limit) {
    if (limit.equals(Limit.NONE)) {
      return OFF;
    }
    String rate = limit.requests() + " per " + TimeSpan.format(limit.per());
    return limit.burst() == limit.requests() ? rate : rate + " burst " + limit.burst();
  }
}
