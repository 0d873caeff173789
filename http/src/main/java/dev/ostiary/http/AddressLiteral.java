package dev.ostiary.http;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address as text: four decimal numbers, or IPv6 without a zone. No name is looked up. */
public final class AddressLiteral {
  private static final String DIGITS = "0123456789.";
  private static final String HEX_DIGITS = "0123456789abcdefABCDEF:.";

  /** A decimal number with a zero in front, which some programs read as octal (RFC 6943 §3.1.1). */
  private static final Pattern OCTAL = Pattern.compile("(?:^|[.:])0[0-9]+\\.|\\.0[0-9]+$");

  private AddressLiteral() {}

  public static Optional<InetAddress> parse(String text) {
    boolean isIpv6 = text.indexOf(':') >= 0;
    if (!consistsOf(isIpv6 ? HEX_DIGITS : DIGITS, text)
        || (!isIpv6 && !hasThreeDots(text))
        || OCTAL.matcher(text).find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static boolean consistsOf(String alphabet, String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> alphabet.indexOf(c) >= 0);
  }

  /** The platform also reads 127.1 and 2130706433, which are no addresses here. */
  private static boolean hasThreeDots(String text) {
    return text.chars().filter(c -> c == '.').count() == 3;
  }
}
