package dev.ostiary.http.netty;

import dev.ostiary.http.Body;
import dev.ostiary.http.ContentLimit;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of one request while it arrives. It takes from the budget what it really occupies,
 * and both halves of a copy while it is made: announcing much and sending little costs other
 * requests nothing.
 */
final class ContentBuffer {
  private static final int FIRST = 16 * 1024;
  private static final byte[] NONE = new byte[0];

  enum Added {
    TAKEN,
    TOO_LARGE,
    NO_ROOM
  }

  private final ContentBudget budget;
  private final ContentLimit limit;
  private final int ceiling;
  private byte[] octets = NONE;
  private int length;
  private long reserved;

  /**
   * @param announced length, or {@link RequestHead#CHUNKED}; not more than the limit
   */
  ContentBuffer(ContentBudget budget, ContentLimit limit, long announced) {
    this.budget = budget;
    this.limit = limit;
    this.ceiling = announced == RequestHead.CHUNKED ? limit.octets() : (int) announced;
  }

  Added add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > limit.octets() - length) {
      return Added.TOO_LARGE;
    }
    if (length + more > octets.length && !grow(capacity(length + more))) {
      return Added.NO_ROOM;
    }
    piece.readBytes(octets, length, more);
    length += more;
    return Added.TAKEN;
  }

  /** All of it, which occupies no more than its length from here on; null if there is no room. */
  Body.@Nullable Whole whole() {
    if (length < octets.length && !grow(length)) {
      return null;
    }
    byte[] whole = octets;
    octets = NONE;
    return Body.of(whole);
  }

  ContentLimit limit() {
    return limit;
  }

  /** Gives back what it took from the budget; doing so twice is harmless. */
  void release() {
    if (reserved > 0) {
      budget.give(limit.account(), reserved);
      reserved = 0;
    }
    octets = NONE;
  }

  private int capacity(int needed) {
    long doubled = Math.max(FIRST, 2L * octets.length);
    return (int) Math.max(needed, Math.min(ceiling, doubled));
  }

  /** Moves to an array of another size. */
  private boolean grow(int capacity) {
    long least = 2L * limit.octets(); // the largest content, and what it is copied from
    if (capacity > 0 && !budget.take(limit.account(), capacity, least)) {
      return false;
    }
    octets = Arrays.copyOf(octets, capacity);
    if (reserved > 0) {
      budget.give(limit.account(), reserved);
    }
    reserved = capacity;
    return true;
  }
}
