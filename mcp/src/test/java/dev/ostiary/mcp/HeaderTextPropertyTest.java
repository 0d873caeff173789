package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import dev.ostiary.requirements.Samples;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Names in headers, encoded as a client has to (Streamable HTTP 2026-07-28, value encoding). */
@Requirement("T-17")
final class HeaderTextPropertyTest {
  private static final String BEGIN = "=?base64?";
  private static final String END = "?=";

  @Test
  void areReadAsTheyWereEncoded() {
    Samples.each(
        1000,
        samples -> {
          String text = samples.unicode(20);
          assertThat(HeaderText.decode(encode(text))).contains(text);
        });
  }

  @Test
  void areThemselvesWhenPlain() {
    Samples.each(
        1000,
        samples -> {
          String text = plain(samples);
          boolean marked = text.startsWith(BEGIN) && text.endsWith(END) && text.length() >= 11;
          assertThat(marked || HeaderText.decode(text).orElse("no").equals(text)).isTrue();
        });
  }

  /** A text that looks encoded is encoded itself, and so nothing is decoded twice. */
  @Test
  void areDecodedOnce() {
    Samples.each(
        1000,
        samples -> {
          String encoded = encode(samples.unicode(20));
          assertThat(HeaderText.decode(encode(encoded))).contains(encoded);
        });
  }

  @Test
  void areRefusedWithOneCharacterTooMany() {
    Samples.each(
        2500,
        samples -> {
          String text = samples.unicode(20);
          String base64 = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
          String more = plain(samples);
          if (!more.isEmpty() && !text.isEmpty() && more.length() % 4 != 0) {
            assertThat(HeaderText.decode(BEGIN + base64 + more + END)).isEmpty();
          }
        });
  }

  /** Visible ASCII, spaces and tabs. */
  private static String plain(Samples samples) {
    return String.join("\t", samples.list(3, () -> samples.text(0, 8, ' ', '~')));
  }

  private static String encode(String text) {
    return BEGIN + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + END;
  }
}
