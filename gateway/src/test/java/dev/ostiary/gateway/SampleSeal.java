package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.gateway.session.SessionSeal;
import java.util.Base64;
import java.util.Optional;

/** Seals nothing, but knows what belongs together. */
final class SampleSeal implements SessionSeal {
  @Override
  public String seal(String plain, String context) {
    return Base64.getUrlEncoder().encodeToString((context + "\n" + plain).getBytes(UTF_8));
  }

  @Override
  public Optional<String> open(String sealed, String context) {
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(sealed), UTF_8).split("\n", 2);
      return parts[0].equals(context) ? Optional.of(parts[1]) : Optional.empty();
    } catch (IllegalArgumentException junk) {
      return Optional.empty();
    }
  }

  @Override
  public String bind(String plain, String context) {
    return seal(plain, context);
  }

  @Override
  public Optional<String> bound(String text, String context) {
    return open(text, context);
  }
}
