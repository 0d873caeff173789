package dev.ostiary.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.ostiary.http.PlainText;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * One event as one line, and a stack trace indented below it. What others sent cannot begin a line
 * of its own, and does nothing to a terminal.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  @Override
  public String doLayout(ILoggingEvent event) {
    String logger = event.getLoggerName();
    String line =
        "%s %-5s %s: %s%n"
            .formatted(
                TIME.format(event.getInstant()),
                event.getLevel(),
                logger.substring(logger.lastIndexOf('.') + 1),
                PlainText.whole(event.getFormattedMessage()));
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown == null
        ? line
        : line + PlainText.lines(ThrowableProxyUtil.asString(thrown)).stripTrailing().indent(2);
  }
}
