package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventIdsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "id: 1~data: {}~~ | id: <1>~data: {}~~",
        "id:1~~ | id: <1>~~",
        "event: m~id:  a:b ~data: 1~data: 2~~id: 2~~ | event: m~id: < a:b >~data: 1~data: 2~~id:"
            + " <2>~~",
        "data: id: 1~~ | data: id: 1~~",
        "id~~ | id~~",
        "id:~~ | id:~~",
        "id: ~~ | ~~",
        "i~~ | i~~",
        "idle: 1~identity: 2~ID: 3~ id: 4~~ | idle: 1~identity: 2~ID: 3~ id: 4~~",
        ": id: 1~~ | : id: 1~~",
        "\uFEFFid: 1~~ | id: <1>~~",
        "id: é~~ | id: <é>~~",
        "data: é\u2028~~id: 1 | data: é\u2028~~",
      })
  void changesIdsAndNothingElse(String before, String after) {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      String events = before.replace("~", end);
      for (int size : new int[] {1, 2, 3, 1000}) {
        assertThat(changed(events, size)).isEqualTo(after.replace("~", end));
      }
    }
  }

  @Test
  void leavesOutWhatIsTooLongToBeSealed() {
    String longest = "x".repeat(1024);

    assertThat(changed("id:" + longest + "\n\n", 100)).isEqualTo("id: <" + longest + ">\n\n");
    assertThat(changed("id:" + longest + "y\nid: 1\n\n", 100)).isEqualTo("\nid: <1>\n\n");
  }

  private static String changed(String events, int size) {
    EventIds ids = new EventIds(id -> "<" + id + ">");
    byte[] octets = events.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < octets.length; at += size) {
      out.writeBytes(ids.change(ByteBuffer.wrap(octets, at, Math.min(size, octets.length - at))));
    }
    return out.toString(UTF_8);
  }
}
