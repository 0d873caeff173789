package dev.ostiary.http.netty;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Names for the requests of one connection: 16 hexadecimal digits, unlike anyone else's. */
final class RequestIds {
  private final SplittableRandom random;

  RequestIds(SecureRandom seeds) {
    this.random = new SplittableRandom(seeds.nextLong());
  }

  String next() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
