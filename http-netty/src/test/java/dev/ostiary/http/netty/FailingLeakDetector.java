package dev.ostiary.http.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Netty's leak detector, which keeps what it finds so that a test can fail on it. */
public final class FailingLeakDetector<T> extends ResourceLeakDetector<T> {
  private static final List<String> FOUND = new CopyOnWriteArrayList<>();

  /** Called by Netty, by name. */
  public FailingLeakDetector(Class<T> type, int samplingInterval) {
    super(type, samplingInterval);
  }

  /** Called by Netty, by name. */
  public FailingLeakDetector(Class<T> type, int samplingInterval, long most) {
    super(type, samplingInterval);
  }

  /** What was found so far. Leaks are noticed when garbage has been collected, at an allocation. */
  static List<String> afterCollecting() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      ByteBufAllocator.DEFAULT.buffer().release();
    }
    return List.copyOf(FOUND);
  }

  @Override
  protected void reportTracedLeak(String type, String records) {
    FOUND.add(type + records);
  }

  @Override
  protected void reportUntracedLeak(String type) {
    FOUND.add(type);
  }
}
