package dev.ostiary.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** How much of its log the program shows. */
enum LogLevel {
  ERROR,
  WARNING,
  INFO,
  DEBUG,
  TRACE;

  private static final String OPTION = "--log-level";

  static OptionSpec option(LogLevel otherwise) {
    return OptionSpec.builder(OPTION)
        .paramLabel("LEVEL")
        .type(LogLevel.class)
        .converters(LogLevel::parse)
        .completionCandidates(words())
        .defaultValue(otherwise.word())
        .description(
            "What is logged to standard error: ${COMPLETION-CANDIDATES}."
                + " The default is ${DEFAULT-VALUE}.")
        .build();
  }

  /** Puts the level that was asked for in force. Libraries speak up from a warning on. */
  static void apply(ParseResult parsed) {
    LogLevel chosen = parsed.commandSpec().findOption(OPTION).getValue();
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("dev.ostiary").setLevel(chosen.level());
      context
          .getLogger(Logger.ROOT_LOGGER_NAME)
          .setLevel(chosen == ERROR ? Level.ERROR : Level.WARN);
    }
  }

  private static LogLevel parse(String text) {
    return Arrays.stream(values())
        .filter(level -> level.word().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new picocli.CommandLine.TypeConversionException(
                    "'" + text + "' is none of " + String.join(", ", words())));
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(LogLevel::word).toList();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private Level level() {
    return switch (this) {
      case ERROR -> Level.ERROR;
      case WARNING -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
      case TRACE -> Level.TRACE;
    };
  }
}
