package dev.ostiary.http.netty.outbound;

import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import java.util.Set;

/** A call as it goes over the wire. Where it goes and how it is framed is not for its headers. */
final class RequestMessage {
  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "transfer-encoding",
          "content-length",
          "expect",
          "te",
          "trailer",
          "upgrade");

  private RequestMessage() {}

  static FullHttpRequest of(Call call) {
    OutboundRequest request = call.request();
    ByteBuf content =
        request.body().length() == 0
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.wrappedBuffer(request.body().bytes());
    FullHttpRequest message =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(request.method()), target(request), content);
    message.headers().set(HttpHeaderNames.HOST, call.host());
    for (Headers.Field field : request.headers().fields()) {
      if (!OURS.contains(field.name().toLowerCase(Locale.ROOT))) {
        message.headers().add(field.name(), field.value());
      }
    }
    if (content.isReadable() || expectsContent(request.method())) {
      message.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    }
    return message;
  }

  private static String target(OutboundRequest request) {
    String path = request.uri().getRawPath();
    String query = request.uri().getRawQuery();
    String start = path == null || path.isEmpty() ? "/" : path;
    return query == null ? start : start + "?" + query;
  }

  private static boolean expectsContent(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }
}
