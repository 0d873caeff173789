package dev.ostiary.gateway;

import dev.ostiary.mcp.AnswerScan;
import dev.ostiary.mcp.EventScan;
import java.nio.ByteBuffer;

/** A body that is a stream of events. */
final class ScannedEvents implements StreamedEvents {
  private final EventScan scan = new EventScan();
  private final AnswerScan answers = new AnswerScan();

  @Override
  public void read(ByteBuffer piece) {
    scan.read(piece);
    answers.read(piece);
  }

  @Override
  public boolean between() {
    return scan.isBetweenEvents();
  }

  @Override
  public boolean resumable() {
    return scan.hasIds();
  }

  @Override
  public boolean answered() {
    return answers.isAnswered();
  }
}
