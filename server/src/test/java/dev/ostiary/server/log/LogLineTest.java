package dev.ostiary.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What others sent is never a line of its own. */
final class LogLineTest {
  private static final String FORGED =
      "tool\r\n2026-11-29T10:00:00.000Z INFO  Doctor: all is well\u001b[2J\u202e\u2028";

  @Test
  void isOneLineWhateverTheMessageHas() {
    String line = line(FORGED, null);

    assertThat(line).hasLineCount(1).endsWith("\n");
    assertThat(line)
        .matches("(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ DEBUG LogLineTest: .*")
        .contains("tool\\u{d}\\u{a}2026-11-29T10", "\\u{1b}[2J\\u{202e}\\u{2028}");
  }

  @Test
  void indentsWhatIsThrownWithWhateverItSays() {
    String line = line("it failed", new IllegalStateException(FORGED, new IOException(FORGED)));

    assertThat(line.lines().skip(1)).hasSizeGreaterThan(4).allMatch(each -> each.startsWith("  "));
    assertThat(line)
        .contains("IllegalStateException", "Caused by: ", "LogLineTest.java")
        .doesNotContain("\u001b", "\u202e", "\r");
  }

  private static String line(String message, @Nullable Throwable thrown) {
    Logger logger = new LoggerContext().getLogger(LogLineTest.class);
    return new LogLine()
        .doLayout(
            new LoggingEvent(
                Logger.class.getName(), logger, Level.DEBUG, message, thrown, new Object[0]));
  }
}
