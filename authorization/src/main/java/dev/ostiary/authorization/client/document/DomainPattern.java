package dev.ostiary.authorization.client.document;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One host name, {@code client.example}, or every name below one, {@code *.client.example}.
 *
 * @param text in lower case
 */
public record DomainPattern(String text) {
  private static final Pattern FORM =
      Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  /**
   * @throws IllegalArgumentException if it is something else
   */
  public static DomainPattern parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(lower).matches()) {
      throw new IllegalArgumentException("must be a host name, or *. and a host name");
    }
    return new DomainPattern(lower);
  }

  boolean matches(String host) {
    return text.startsWith("*.") ? host.endsWith(text.substring(1)) : host.equals(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
