package dev.ostiary.http.netty;

import dev.ostiary.http.Headers;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The head of a request that we serve (RFC 9112 §3, §6).
 *
 * @param length of the content; {@link #CHUNKED} if it is known only at its end
 */
record RequestHead(
    String method,
    Target target,
    Headers headers,
    long length,
    boolean expectsContinue,
    boolean keepAlive,
    boolean oldest)
    implements ReadHead {
  static final long CHUNKED = -1;

  static ReadHead of(HttpRequest message, Limits limits) {
    if (message.decoderResult().isFailure()) {
      return switch (message.decoderResult().cause()) {
        case TooLongHttpLineException _ -> Refusal.longLine();
        case TooLongHttpHeaderException _ -> Refusal.manyHeaders();
        default -> Refusal.malformed("The request is not HTTP.");
      };
    }
    HttpVersion version = message.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return Refusal.version();
    }
    if (message.headers().size() > limits.headerFields()) {
      return Refusal.manyHeaders();
    }
    return framed(message, version.equals(HttpVersion.HTTP_1_0));
  }

  private static ReadHead framed(HttpRequest message, boolean oldest) {
    HttpHeaders headers = message.headers();
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1 || (hosts.isEmpty() && !oldest)) {
      return Refusal.malformed("A request has exactly one Host header.");
    }
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean hasLength = headers.contains(HttpHeaderNames.CONTENT_LENGTH);
    if (!codings.isEmpty() && hasLength) {
      return Refusal.malformed("Content-Length and Transfer-Encoding exclude each other.");
    }
    if (codings.size() > 1
        || (codings.size() == 1 && !codings.getFirst().equalsIgnoreCase("chunked"))) {
      return Refusal.notImplemented("A transfer coding other than chunked");
    }
    String expect = headers.get(HttpHeaderNames.EXPECT);
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      return Refusal.expectation();
    }
    String method = message.method().name();
    if (!isKnownForm(method)) {
      return Refusal.notImplemented("This method");
    }
    Target target = Target.of(message.uri(), hosts.isEmpty() ? "" : hosts.getFirst());
    if (target == null) {
      return Refusal.malformed("The request target is not a path or URL of this server.");
    }
    return new RequestHead(
        method,
        target,
        copy(headers),
        codings.isEmpty() ? HttpUtil.getContentLength(message, 0L) : CHUNKED,
        expect != null && !oldest,
        HttpUtil.isKeepAlive(message),
        oldest);
  }

  private static boolean isKnownForm(String method) {
    return !method.equals("CONNECT")
        && method.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '-' || c == '_');
  }

  private static Headers copy(HttpHeaders headers) {
    List<Headers.Field> fields = new ArrayList<>(headers.size());
    for (Map.Entry<String, String> field : headers) {
      fields.add(new Headers.Field(field.getKey(), field.getValue()));
    }
    return Headers.of(fields);
  }
}
