package dev.ostiary.gateway;

import dev.ostiary.mcp.EventScan;
import java.nio.ByteBuffer;

/** A body that is a stream of events. */
final class ScannedEvents implements StreamedEvents {
  private final EventScan scan = new EventScan();

  @Override
  public void read(ByteBuffer piece) {
    scan.read(piece);
  }

  @Override
  public boolean between() {
    return scan.isBetweenEvents();
  }

  @Override
  public boolean resumable() {
    return scan.hasIds();
  }
}
