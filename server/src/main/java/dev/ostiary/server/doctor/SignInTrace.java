package dev.ostiary.server.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One journey as the audit stream tells it, found by the reference that a page showed. */
public final class SignInTrace {
  private final List<JsonNode> events;

  private SignInTrace(List<JsonNode> events) {
    this.events = events;
  }

  /**
   * Reads the audit stream.
   *
   * @throws IOException if it cannot be read; one that does not exist has no events
   */
  public static SignInTrace read(Path auditStream) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(auditStream)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        parse(line).ifPresent(events::add);
      }
    } catch (NoSuchFileException none) {
      return new SignInTrace(List.of());
    }
    return new SignInTrace(events);
  }

  /** A last line may be cut off: the server writes while this reads. */
  private static Optional<JsonNode> parse(String line) {
    try {
      JsonNode event = JsonMapper.shared().readTree(line);
      return event.isObject() ? Optional.of(event) : Optional.empty();
    } catch (JacksonException cut) {
      return Optional.empty();
    }
  }

  /**
   * A sign-in that was refused.
   *
   * @param remedy what would mend it; may be empty
   */
  record Refused(String at, String remedy) {}

  /** The last sign-in that was refused for this reason, in the last day. */
  Optional<Refused> lastRefused(String reason, Instant now) {
    return events.stream()
        .filter(each -> text(each, "event").equals("sign-in.refused"))
        .filter(each -> text(each, "reason").contains(reason))
        .map(each -> new Refused(text(each, "at"), text(each, "lacks")))
        .filter(refused -> isWithin(refused.at(), now.toString(), Duration.ofDays(1)))
        .reduce((_, later) -> later);
  }

  /** What happened, a line each: the events of the sign-in that has this reference. */
  public List<String> of(String reference) {
    List<JsonNode> named =
        events.stream().filter(event -> text(event, "request").equals(reference)).toList();
    if (named.isEmpty()) {
      return List.of(
          "The audit stream has nothing of " + reference + ".",
          "Then nothing was decided, or there were so many refused requests that not each was"
              + " written (events.omitted). The page says what was wrong, under \"For"
              + " developers\"; a log of level debug has the same reference.");
    }
    SignInSteps journey = new SignInSteps(events, named);
    List<String> story = new ArrayList<>();
    for (JsonNode event : journey.events()) {
      String mark = named.contains(event) ? "> " : "  ";
      story.add(mark + text(event, "at") + "  " + Explained.of(event));
    }
    journey.remark().ifPresent(story::add);
    story.add(Explained.advice(named.getLast()));
    return story;
  }

  /** Whether two times are no further apart than this. */
  static boolean isWithin(String one, String other, Duration apart) {
    try {
      return Duration.between(Instant.parse(one), Instant.parse(other)).abs().compareTo(apart) <= 0;
    } catch (DateTimeParseException unreadable) {
      return false;
    }
  }

  static String text(JsonNode event, String name) {
    return event.path(name).asString("");
  }
}
