package dev.ostiary.gateway.backend;

import dev.ostiary.http.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The content coding gzip (RFC 9110 §8.4.1.3), which some servers use without being asked to. */
final class Gzip {
  private Gzip() {}

  /** Whether the answer has this coding, and no other. */
  static boolean isOf(Reply answer) {
    String codings = String.join(",", answer.headers().all("Content-Encoding"));
    String coding = codings.strip().toLowerCase(Locale.ROOT);
    return coding.equals("gzip") || coding.equals("x-gzip");
  }

  /** The plain octets; empty if it is no gzip, or becomes longer than this. */
  static Optional<byte[]> plain(byte[] coded, int limit) {
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(coded))) {
      byte[] octets = plain.readNBytes(limit + 1);
      return octets.length > limit ? Optional.empty() : Optional.of(octets);
    } catch (IOException broken) {
      return Optional.empty();
    }
  }
}
