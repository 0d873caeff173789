package dev.ostiary.http.netty;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;

/**
 * The header of a reply as it goes out. How a message is framed and how long a connection lives is
 * decided here and not by the endpoint that made the reply (RFC 9112 §6, §9).
 *
 * @param length of the content that follows; {@link #UNTOLD} if it is known only at its end
 * @param closing whether the connection ends with this reply
 */
record ReplyHead(HttpHeaders headers, long length, boolean closing) {
  static final long UNTOLD = -1;
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "keep-alive",
          "transfer-encoding",
          "trailer",
          "upgrade",
          "content-length",
          "date");

  static ReplyHead of(Reply reply, AssembledRequest to, boolean closing, String date) {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    for (Headers.Field field : reply.headers().fields()) {
      if (!OURS.contains(field.name().toLowerCase(Locale.ROOT))) {
        headers.add(field.name(), field.value());
      }
    }
    headers.set(HttpHeaderNames.DATE, date);
    long length = frame(reply, to, headers);
    boolean last = closing || (length == UNTOLD && to.oldest() && hasContent(reply, to));
    if (last) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (to.oldest()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return new ReplyHead(headers, length, last);
  }

  /** Whether content follows the head at all (RFC 9110 §6.4.1). */
  static boolean hasContent(Reply reply, AssembledRequest to) {
    return reply.status() != 204 && reply.status() != 304 && !to.request().method().equals("HEAD");
  }

  private static long frame(Reply reply, AssembledRequest to, HttpHeaders headers) {
    if (reply.status() == 204) {
      return 0;
    }
    long length =
        switch (reply.body()) {
          case Body.Whole whole when hasContent(reply, to) || whole.length() > 0 -> whole.length();
          default -> told(reply);
        };
    if (length != UNTOLD) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
    } else if (!to.oldest() && hasContent(reply, to)) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    return length;
  }

  private static long told(Reply reply) {
    String text = reply.headers().first("Content-Length").orElse("");
    boolean number = text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && !text.isEmpty() && text.length() < 19 ? Long.parseLong(text) : UNTOLD;
  }
}
