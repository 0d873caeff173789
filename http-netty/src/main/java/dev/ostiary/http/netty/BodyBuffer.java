package dev.ostiary.http.netty;

import dev.ostiary.http.Body;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The content of one request while it arrives. It takes from the budget what it really occupies, so
 * announcing much and sending little costs nobody else anything.
 */
final class BodyBuffer {
  private static final int FIRST = 16 * 1024;
  private static final byte[] NONE = new byte[0];

  enum Added {
    TAKEN,
    TOO_LARGE,
    NO_ROOM
  }

  private final BodyBudget budget;
  private final int limit;
  private final int ceiling;
  private byte[] octets = NONE;
  private int length;
  private long reserved;

  /**
   * @param announced length, or {@link RequestHead#CHUNKED}; not more than the limit
   */
  BodyBuffer(BodyBudget budget, int limit, long announced) {
    this.budget = budget;
    this.limit = limit;
    this.ceiling = announced == RequestHead.CHUNKED ? limit : (int) announced;
  }

  Added add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > limit - length) {
      return Added.TOO_LARGE;
    }
    if (!makeRoom(length + more)) {
      return Added.NO_ROOM;
    }
    piece.readBytes(octets, length, more);
    length += more;
    return Added.TAKEN;
  }

  /** All of it, which occupies no more than its length from here on. */
  Body.Whole whole() {
    Body.Whole whole = Body.of(length == octets.length ? octets : Arrays.copyOf(octets, length));
    octets = NONE;
    budget.give(reserved - length);
    reserved = length;
    return whole;
  }

  int limit() {
    return limit;
  }

  /** Gives back what it took from the budget; doing so twice is harmless. */
  void release() {
    budget.give(reserved);
    reserved = 0;
  }

  private boolean makeRoom(int needed) {
    if (needed <= octets.length) {
      return true;
    }
    long doubled = Math.max(FIRST, 2L * octets.length);
    int capacity = (int) Math.max(needed, Math.min(ceiling, doubled));
    if (!budget.take(capacity - reserved)) {
      return false;
    }
    reserved = capacity;
    octets = Arrays.copyOf(octets, capacity);
    return true;
  }
}
