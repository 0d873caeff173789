package dev.ostiary.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Netty's request parser behind a {@link HeadScan}. */
final class StrictDecoder extends HttpRequestDecoder {
  private final HeadScan scan = new HeadScan();
  private final Runnable onBegin;
  private boolean inHead = true;
  private int scanned;
  private boolean refused;

  /**
   * @param onBegin runs when the first octet of a head arrives
   */
  StrictDecoder(Limits limits, Runnable onBegin) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLine())
            .setMaxHeaderSize(limits.headerOctets())
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
    this.onBegin = onBegin;
  }

  /** Whether part of a head is here, and the rest is still to come. */
  boolean headBegun() {
    return inHead && scan.begun();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf octets, List<Object> out)
      throws Exception {
    if (refused) {
      octets.skipBytes(octets.readableBytes());
      return;
    }
    if (inHead && !lawful(octets)) {
      refused = true;
      octets.skipBytes(octets.readableBytes());
      out.add(unlawful());
      return;
    }
    int before = octets.readableBytes();
    int known = out.size();
    super.decode(context, octets, out);
    scanned = Math.max(0, scanned - (before - octets.readableBytes()));
    for (Object message : out.subList(known, out.size())) {
      follow(message);
    }
  }

  private boolean lawful(ByteBuf octets) {
    int unseen = octets.readableBytes() - scanned;
    if (unseen > 0 && !scan.ended()) {
      boolean first = !scan.begun();
      int start = octets.readerIndex() + scanned;
      int stop = octets.forEachByte(start, unseen, scan);
      scanned += stop < 0 ? unseen : stop - start + 1;
      if (first && scan.begun()) {
        onBegin.run();
      }
    }
    return !scan.unlawful();
  }

  private void follow(Object message) {
    if (message instanceof HttpRequest) {
      inHead = false;
    }
    if (message instanceof LastHttpContent) {
      inHead = true;
      scanned = 0;
      scan.restart();
    }
  }

  private static HttpRequest unlawful() {
    HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("unlawful head")));
    return request;
  }
}
