package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventScanTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void findsTheEndOfEachEventWhereverTheStreamIsCut(String end) {
    String stream =
        String.join(
            end, "data: 1", "", ": comment", "event: e", "data: 2", "", "", "data: 3", "", "");
    for (int cut = 0; cut <= stream.length(); cut++) {
      EventScan scan = new EventScan();
      List<String> events = new ArrayList<>();
      StringBuilder event = new StringBuilder();
      for (String piece : List.of(stream.substring(0, cut), stream.substring(cut))) {
        ByteBuffer octets = ByteBuffer.wrap(piece.getBytes(UTF_8));
        int start = 0;
        while (scan.next(octets)) {
          events.add(event + piece.substring(start, octets.position()));
          event.setLength(0);
          start = octets.position();
        }
        event.append(piece.substring(start));
      }

      assertThat(events).hasSize(3);
      assertThat(String.join("", events) + event).isEqualTo(stream);
      assertThat(scan.isBetweenEvents()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "'data: 1', false",
    "'data: 1|', false",
    "'data: 1||', true",
    "': comment', false",
    "': comment|', true",
    "'data: 1||data', false",
    "'|', true"
  })
  void knowsWhereSomethingMayBePutIn(String stream, boolean between) {
    EventScan scan = new EventScan();
    ByteBuffer octets = ByteBuffer.wrap(stream.replace('|', '\n').getBytes(UTF_8));

    scan.read(octets);

    assertThat(scan.isBetweenEvents()).isEqualTo(between);
    assertThat(octets.position()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'id: 1||', true",
    "'id:1', true",
    "'id|', true",
    "'data: id: 1||', false",
    "'idle: 1||', false",
    "'iid: 1||', false",
    "': id: 1||', false",
    "'data|id: 2|', true"
  })
  void knowsWhetherEventsHaveIds(String stream, boolean ids) {
    EventScan scan = new EventScan();

    scan.read(ByteBuffer.wrap(stream.replace('|', '\n').getBytes(UTF_8)));

    assertThat(scan.hasIds()).isEqualTo(ids);
  }

  @Test
  void readsTheDataOfAnEventAndReplacesIt() {
    Event event = Event.read("id: 1\r\ndata: {\r\ndata:}\r\ndata\r\n: c\r\n\r\n".getBytes(UTF_8));

    assertThat(new String(event.data(), UTF_8)).isEqualTo("{\n}\n");
    assertThat(new String(event.with("a\nb".getBytes(UTF_8)), UTF_8))
        .isEqualTo("id: 1\n: c\ndata: a\ndata: b\n\n");
    assertThat(Event.read("event: ping\n\n".getBytes(UTF_8)).data()).isEmpty();
    assertThat(new String(Event.message("{}".getBytes(UTF_8)), UTF_8))
        .isEqualTo("event: message\ndata: {}\n\n");
  }
}
