package dev.ostiary.http.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

/** How much memory is held for what connections read and write, in octets. */
public final class BufferMemory {
  private BufferMemory() {}

  /** Outside the heap; -1 if it is not known. */
  public static long direct() {
    return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider known
        ? known.metric().usedDirectMemory()
        : -1;
  }

  /** In the heap; -1 if it is not known. */
  public static long heap() {
    return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider known
        ? known.metric().usedHeapMemory()
        : -1;
  }
}
