package dev.ostiary.gateway.stream;

import dev.ostiary.mcp.AnswerScan;
import dev.ostiary.mcp.EventScan;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body that is a stream of events. */
public final class ScannedEvents implements StreamedEvents {
  private final EventScan scan = new EventScan();
  private final @Nullable AnswerScan answers;

  /**
   * @param answering whether one of them should be a response
   */
  public ScannedEvents(boolean answering) {
    this.answers = answering ? new AnswerScan() : null;
  }

  @Override
  public void read(ByteBuffer piece) {
    scan.read(piece);
    if (answers != null) {
      answers.read(piece);
    }
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
    return answers == null || answers.isAnswered();
  }
}
