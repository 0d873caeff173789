package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets as a stream of server-sent events, beside a reader that has all of it at once. */
final class EventFuzzTest {
  /** What came out of a stream. */
  private record Followed(List<String> data, boolean ids, boolean between) {}

  @MethodSource("seeds")
  @FuzzTest
  void endsWhereTheSpecificationSaysHoweverItArrives(byte @NotNull [] stream) {
    Followed whole = follow(stream, Math.max(1, stream.length));

    assertThat(follow(stream, 1)).isEqualTo(whole);
    assertThat(whole.data()).isEqualTo(expected(new String(stream, UTF_8)));
    for (String data : whole.data()) {
      byte[] event = Event.message(data.replace("\n", " ").getBytes(UTF_8));
      assertThat(new String(Event.read(event).data(), UTF_8)).isEqualTo(data.replace("\n", " "));
    }
  }

  private static Followed follow(byte[] stream, int step) {
    EventScan scan = new EventScan();
    List<String> data = new ArrayList<>();
    int begun = 0;
    for (int at = 0; at < stream.length; at += step) {
      ByteBuffer piece = ByteBuffer.wrap(stream, at, Math.min(step, stream.length - at));
      while (scan.next(piece)) {
        byte[] octets = Arrays.copyOfRange(stream, begun, piece.position());
        begun = piece.position();
        data.add(checked(octets));
      }
    }
    return new Followed(data, scan.hasIds(), scan.isBetweenEvents());
  }

  /** The data of an event, which other data can take the place of. */
  private static String checked(byte[] octets) {
    byte[] other = "{\"a\":\n 1}".getBytes(UTF_8);
    assertThat(Event.read(Event.read(octets).with(other)).data()).isEqualTo(other);
    return new String(Event.read(octets).data(), UTF_8);
  }

  /** HTML Living Standard §9.2.6, of the whole text, without the types and ids. */
  private static List<String> expected(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\r\n|\n|\r", -1)));
    lines.removeLast();
    List<String> events = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (String line : lines) {
      if (line.isEmpty() && open.stream().anyMatch(each -> !each.startsWith(":"))) {
        events.add(
            open.stream()
                .filter(each -> each.equals("data") || each.startsWith("data:"))
                .map(each -> each.replaceFirst("^data:? ?", ""))
                .collect(Collectors.joining("\n")));
      }
      if (line.isEmpty()) {
        open.clear();
      } else {
        open.add(line);
      }
    }
    return events;
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "",
            "data: {}\n\n",
            "event: message\r\nid: 1\r\ndata: {\"a\":\r\ndata:  1}\r\n\r\n",
            ": comment\n\ndata:a\rdata\r\rid\n\n",
            "data: a\n\n\n\ndata: b\n",
            "\r\n\r\r\n\n",
            "datax: a\n\nid:\n\nidx: 1\n\n",
            "\ufeffdata: a\n\n",
            "data: \u00e9\n\n")
        .map(text -> text.getBytes(UTF_8));
  }
}
