package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Arguments;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.WellFormed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a message uses, in words in which a message and its translation into another revision say
 * the same.
 */
final class TranslatedAccess {
  private static final String TASKS = "tasks/";
  private static final String LISTEN = "subscriptions/listen";

  private TranslatedAccess() {}

  static Set<String> of(WellFormed message) {
    return envelopes(message).stream().flatMap(TranslatedAccess::of).collect(Collectors.toSet());
  }

  /** What follows from a message that was allowed; who listens to tasks may look at them. */
  static Set<String> allowedBy(WellFormed message) {
    Set<String> allowed = new HashSet<>(of(message));
    if (envelopes(message).stream().anyMatch(each -> each.method().equals(LISTEN))) {
      allowed.add(TASKS);
    }
    return allowed;
  }

  private static List<Envelope> envelopes(WellFormed message) {
    return switch (message) {
      case Envelope envelope -> List.of(envelope);
      case Batch(List<Envelope> messages, _) -> messages;
    };
  }

  private static Stream<String> of(Envelope envelope) {
    try {
      return RequestedAccess.of(envelope, Policy.OPEN).stream().flatMap(TranslatedAccess::word);
    } catch (Arguments.Unsound unclear) {
      throw new IllegalStateException("a translation that is not clear: " + unclear.why());
    }
  }

  private static Stream<String> word(RequestedAccess asked) {
    return switch (asked) {
      case RequestedAccess.Tool(String name, _) ->
          Stream.of("tool " + name, TASKS); // that it runs as
      case RequestedAccess.Prompt(String name, _) -> Stream.of("prompt " + name);
      case RequestedAccess.Resource(String uri) -> Stream.of("resource " + uri);
      case RequestedAccess.Template(String template) -> Stream.of("resource " + template);
      case RequestedAccess.Method(String name) when name.startsWith(TASKS) -> Stream.of(TASKS);
      case RequestedAccess.Method(String name) -> Stream.of("method " + name);
    };
  }
}
