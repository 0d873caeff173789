package dev.ostiary.connector.local;

import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.CodeVerifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Codes that say who has signed in, from the page where they did to the callback. Each is sealed,
 * lasts a minute, and belongs to one sign-in, whose verifier it takes to redeem it (RFC 7636).
 * Every node can read it; it is redeemed once on each, and the sign-in it belongs to ends with it.
 */
final class SignInCodes {
  private static final Duration LIFE = Duration.ofMinutes(1);
  private static final String CONTEXT = "code of a local sign-in";

  private final Sealer sealer;
  private final InstantSource time;
  private final Map<String, Instant> used = new LinkedHashMap<>();

  SignInCodes(Sealer sealer, InstantSource time) {
    this.sealer = sealer;
    this.time = time;
  }

  String issue(String user, CodeChallenge challenge) {
    long until = time.instant().plus(LIFE).toEpochMilli();
    Sealed code = sealer.seal(until + " " + challenge.value() + " " + user, CONTEXT);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(code.bytes());
  }

  /** Who has signed in; empty if the code is unknown, used, late, or of another sign-in. */
  Optional<String> redeem(String code, CodeVerifier verifier) {
    return decode(code)
        .flatMap(bytes -> sealer.open(bytes, CONTEXT))
        .map(text -> List.of(text.split(" ", 3)))
        .filter(parts -> parts.get(1).equals(verifier.challenge().value()))
        .filter(parts -> isFirst(code, Instant.ofEpochMilli(Long.parseLong(parts.getFirst()))))
        .map(parts -> parts.get(2));
  }

  private synchronized boolean isFirst(String code, Instant until) {
    Instant now = time.instant();
    used.values().removeIf(end -> !now.isBefore(end));
    return now.isBefore(until) && used.putIfAbsent(code, until) == null;
  }

  private static Optional<Sealed> decode(String code) {
    try {
      return Optional.of(Sealed.of(Base64.getUrlDecoder().decode(code)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
