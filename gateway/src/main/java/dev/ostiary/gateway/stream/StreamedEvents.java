package dev.ostiary.gateway.stream;

import dev.ostiary.mcp.AnswerScan;
import dev.ostiary.mcp.EventScan;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What is known of a body that may be a stream of events. */
public final class StreamedEvents {
  private final @Nullable EventScan scan;
  private final @Nullable AnswerScan answers;

  private StreamedEvents(@Nullable EventScan scan, @Nullable AnswerScan answers) {
    this.scan = scan;
    this.answers = answers;
  }

  /** Those of any other body. */
  public static StreamedEvents none() {
    return new StreamedEvents(null, null);
  }

  /**
   * Those of a stream of events.
   *
   * @param answering whether one of them should be a response
   */
  public static StreamedEvents of(boolean answering) {
    return new StreamedEvents(new EventScan(), answering ? new AnswerScan() : null);
  }

  void read(ByteBuffer piece) {
    if (scan != null) {
      scan.read(piece);
    }
    if (answers != null) {
      answers.read(piece);
    }
  }

  /** Whether an event may be put in here. */
  boolean between() {
    return scan != null && scan.isBetweenEvents();
  }

  /** Whether a client could ask for what it has missed. */
  boolean resumable() {
    return scan != null && scan.hasIds();
  }

  /** Whether a response that should be among them has been. */
  boolean answered() {
    return answers == null || answers.isAnswered();
  }
}
