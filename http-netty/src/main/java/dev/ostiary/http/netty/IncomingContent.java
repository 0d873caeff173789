package dev.ostiary.http.netty;

import dev.ostiary.http.Body;
import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The content of one request. Nothing of it is held until the service has asked for it; what it
 * never asks for is thrown away, if it is short, and else ends the connection. Used on the
 * connection's event loop only.
 */
final class IncomingContent implements AssembledRequest.Incoming {
  /** As much of an unwanted content is read, so that the connection can go on. */
  private static final int SHORT = 64 * 1024;

  /** The connection that it comes on. */
  interface Connection {
    /** Content is to be read from now on. */
    void wanted(RequestHead head);

    /** No more content is to be read for the time being. */
    void settled();

    /** The reply has left. */
    void done(boolean closing);
  }

  private final RequestHead head;
  private final String requestId;
  private final ContentBudget budget;
  private final Connection connection;
  private @Nullable ContentBuffer buffer;
  private Exchange.@Nullable Content reader;
  private long passed;
  private boolean over;
  private boolean broken;

  IncomingContent(RequestHead head, String requestId, ContentBudget budget, Connection connection) {
    this.head = head;
    this.requestId = requestId;
    this.budget = budget;
    this.connection = connection;
    this.broken = !head.keepAlive();
  }

  /** Whether all of it has been read, or there is none. */
  boolean isOver() {
    return over;
  }

  @Override
  public boolean isReusable() {
    boolean awaitsContinue = head.expectsContinue() && passed == 0 && reader == null;
    long rest = head.length() == RequestHead.CHUNKED ? 0 : head.length() - passed;
    return !broken && (over || (!awaitsContinue && rest <= SHORT));
  }

  @Override
  public void read(ContentLimit limit, Exchange.Content content) {
    if (over) {
      content.arrived(Body.empty());
    } else if (head.length() > limit.octets()) {
      broken = true;
      content.refused(named(limit.tooLarge()));
    } else {
      reader = content;
      buffer = new ContentBuffer(budget, limit, head.length());
      connection.wanted(head);
    }
  }

  /** The request has no content. */
  void none() {
    over = true;
  }

  /** From now on, content is thrown away. */
  void drain() {
    reader = null;
    release();
  }

  /** Takes a piece. One that is unwanted and too long breaks the connection. */
  void add(HttpContent piece) {
    passed += piece.content().readableBytes();
    ContentBuffer into = buffer;
    if (piece.decoderResult().isFailure()) {
      fail(Refusal.malformed("The content is not framed as HTTP says."));
    } else if (reader == null || into == null) {
      over = piece instanceof LastHttpContent;
      broken |= passed > SHORT;
    } else {
      switch (into.add(piece.content())) {
        case TOO_LARGE -> refuse(into.limit().tooLarge());
        case NO_ROOM -> fail(Refusal.busy());
        case TAKEN -> {
          if (piece instanceof LastHttpContent) {
            complete(into);
          }
        }
      }
    }
  }

  private void complete(ContentBuffer content) {
    over = true;
    Body.Whole whole = content.whole();
    Exchange.Content to = reader;
    if (whole == null || to == null) {
      fail(Refusal.busy());
    } else {
      reader = null;
      connection.settled();
      to.arrived(whole);
    }
  }

  /** Ends it with an answer that says why, if anybody waits for it. */
  void fail(Refusal refusal) {
    refuse(refusal.reply(requestId));
  }

  private void refuse(Reply reply) {
    broken = true;
    Exchange.Content to = reader;
    drain();
    if (to != null) {
      connection.settled();
      to.refused(named(reply));
    }
  }

  private Reply named(Reply reply) {
    return reply.replace("X-Request-Id", requestId);
  }

  /** Whether the connection cannot go on. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public void release() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }

  @Override
  public void done(boolean closing) {
    connection.done(closing);
  }
}
