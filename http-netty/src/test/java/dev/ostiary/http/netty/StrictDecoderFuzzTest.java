package dev.ostiary.http.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets as what arrives at a connection. */
final class StrictDecoderFuzzTest {
  private static final String END = "<end>";

  @MethodSource("seeds")
  @FuzzTest
  void readsTheSameHoweverItArrives(byte @NotNull [] octets) {
    assertThat(read(octets, 1)).isEqualTo(read(octets, octets.length));
  }

  /** What came out, up to the first thing that was refused. */
  private static String read(byte[] octets, int step) {
    EmbeddedChannel channel = new EmbeddedChannel(new StrictDecoder(Limits.ofThisHeap(), () -> {}));
    StringBuilder read = new StringBuilder();
    for (int at = 0; at < octets.length; at += step) {
      channel.writeInbound(Unpooled.copiedBuffer(octets, at, Math.min(step, octets.length - at)));
      for (Object message = channel.readInbound();
          message != null;
          message = channel.readInbound()) {
        describe(message, read);
        ReferenceCountUtil.release(message);
      }
    }
    channel.finishAndReleaseAll();
    int refused = read.indexOf("<refused>");
    return refused < 0 ? read.toString() : read.substring(0, refused);
  }

  private static void describe(Object message, StringBuilder read) {
    if (message instanceof HttpRequest request) {
      if (request.decoderResult().isFailure()
          || !(RequestHead.of(request, Limits.ofThisHeap()) instanceof RequestHead head)) {
        read.append("<refused>");
        return;
      }
      check(request);
      read.append(head.method()).append(' ').append(head.target()).append(' ');
      head.headers().forEach((name, value) -> read.append(name).append(": ").append(value));
      read.append(head.length()).append(head.keepAlive()).append(END);
    }
    if (message instanceof HttpContent content) {
      if (content.decoderResult().isFailure()) {
        read.append("<refused>");
        return;
      }
      read.append(content.content().toString(ISO_8859_1));
      if (content instanceof LastHttpContent) {
        read.append(END);
      }
    }
  }

  /** RFC 9112 §3, RFC 9110 §5: nothing that another reader would split elsewhere. */
  private static void check(HttpRequest request) {
    assertThat(request.uri()).doesNotContainPattern("[\\x00-\\x20\\x7f]");
    HttpHeaders headers = request.headers();
    for (Map.Entry<String, String> field : headers) {
      assertThat(field.getKey()).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
      assertThat(field.getValue()).doesNotContainPattern("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
    }
    assertThat(headers.getAll("Host")).hasSizeLessThanOrEqualTo(1);
    assertThat(headers.contains("Content-Length") && headers.contains("Transfer-Encoding"))
        .isFalse();
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "GET / HTTP/1.1|Host: a||",
            "|GET /a?b HTTP/1.0||",
            "POST /token HTTP/1.1|Host: a|Content-Length: 3||a=bGET /next HTTP/1.1|Host: a||",
            "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||3;x=y|abc|0|Trailer: t||",
            "GET / HTTP/1.1|Host: a|X: 1| folded||",
            "GET / HTTP/1.1\nHost: a\n\n",
            "GET / HTTP/1.1|Host: a|X : 1||",
            "GET / HTTP/1.1|Host: a|Host: b||",
            "POST / HTTP/1.1|Host: a|Content-Length: 3|Content-Length: 4||abcd",
            "POST / HTTP/1.1|Host: a|Content-Length: +3||abc",
            "POST / HTTP/1.1|Host: a|Content-Length: 3|Transfer-Encoding: chunked||",
            "GET http://a/b HTTP/1.1|Host: a||",
            "PRI * HTTP/2.0||SM||",
            "GET / HTTP/1.1|Host: a\u0000||")
        .map(text -> text.replace("|", "\r\n").getBytes(ISO_8859_1));
  }
}
