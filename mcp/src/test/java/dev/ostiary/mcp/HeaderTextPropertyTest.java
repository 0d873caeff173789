package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Names in headers, encoded as a client has to (Streamable HTTP 2026-07-28, value encoding). */
@Requirement("T-17")
final class HeaderTextPropertyTest {
  private static final String BEGIN = "=?base64?";
  private static final String END = "?=";

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.strings()
        .all()
        .ofMaxLength(20)
        .filter(text -> new String(text.getBytes(UTF_8), UTF_8).equals(text));
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.strings().withCharRange(' ', '~').withChars('\t').ofMaxLength(20);
  }

  @Property
  void areReadAsTheyWereEncoded(@ForAll("text") String text) {
    assertThat(HeaderText.decode(encode(text))).contains(text);
  }

  @Property
  void areThemselvesWhenPlain(@ForAll("plain") String text) {
    boolean marked = text.startsWith(BEGIN) && text.endsWith(END) && text.length() >= 11;
    assertThat(marked || HeaderText.decode(text).orElse("no").equals(text)).isTrue();
  }

  /** A text that looks encoded is encoded itself, and so nothing is decoded twice. */
  @Property
  void areDecodedOnce(@ForAll("text") String text) {
    assertThat(HeaderText.decode(encode(encode(text)))).contains(encode(text));
  }

  @Property
  void areRefusedWithOneCharacterTooMany(
      @ForAll("text") String text, @ForAll("plain") String more) {
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    if (!more.isEmpty() && !text.isEmpty() && more.length() % 4 != 0) {
      assertThat(HeaderText.decode(BEGIN + base64 + more + END)).isEmpty();
    }
  }

  private static String encode(String text) {
    return BEGIN + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + END;
  }
}
