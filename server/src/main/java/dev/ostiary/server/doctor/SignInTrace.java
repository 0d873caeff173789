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
  /** A sign-in takes no longer than this. */
  private static final Duration JOURNEY = Duration.ofMinutes(30);

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

  /** What happened, a line each: the events of the same client around the one that is named. */
  public List<String> of(String reference) {
    Optional<JsonNode> found =
        events.stream().filter(event -> text(event, "request").equals(reference)).findFirst();
    if (found.isEmpty()) {
      return List.of(
          "The audit stream has nothing of " + reference + ".",
          "Then nothing was decided: the request was refused as it came in, for an unknown client,"
              + " a redirect URI that is not the client's, or a form that was too old. The page"
              + " says which, under \"For developers\"; a log of level debug has the same"
              + " reference.");
    }
    List<String> story = new ArrayList<>();
    for (JsonNode event : events) {
      boolean itself = text(event, "request").equals(reference);
      if (itself || belongs(event, found.get())) {
        story.add((itself ? "> " : "  ") + text(event, "at") + "  " + Explained.of(event));
      }
    }
    story.add(Explained.advice(found.get()));
    return story;
  }

  private static boolean belongs(JsonNode event, JsonNode named) {
    boolean sameClient =
        !text(event, "client").isEmpty() && text(event, "client").equals(text(named, "client"));
    boolean sameGrant =
        !text(event, "grant").isEmpty() && text(event, "grant").equals(text(named, "grant"));
    return (sameClient || sameGrant) && isNear(event, named);
  }

  private static boolean isNear(JsonNode event, JsonNode named) {
    try {
      Duration apart =
          Duration.between(Instant.parse(text(event, "at")), Instant.parse(text(named, "at")));
      return apart.abs().compareTo(JOURNEY) <= 0;
    } catch (DateTimeParseException unreadable) {
      return false;
    }
  }

  static String text(JsonNode event, String name) {
    return event.path(name).asString("");
  }
}
