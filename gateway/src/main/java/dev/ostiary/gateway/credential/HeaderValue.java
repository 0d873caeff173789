package dev.ostiary.gateway.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A text that fits into a header field (RFC 9110 §5.5), whatever it holds. */
final class HeaderValue {
  private HeaderValue() {}

  /** The text; what is not visible ASCII, and the percent sign, are percent-encoded. */
  static String of(String text) {
    StringBuilder value = new StringBuilder();
    for (byte octet : text.getBytes(UTF_8)) {
      if (octet > 0x20 && octet < 0x7f && octet != '%') {
        value.append((char) octet);
      } else {
        value.append('%').append("%02X".formatted(octet & 0xff));
      }
    }
    return value.toString();
  }
}
