package dev.ostiary.gateway;

import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.MirroredFields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The header fields of a client that a backend may see: all others stay here, above all those that
 * carry credentials. {@code Mcp-Session-Id} is ours towards the client and is replaced.
 */
final class ForwardedFields {
  private static final Set<String> NAMES =
      Set.of("content-type", "mcp-protocol-version", "traceparent", "tracestate", "baggage");

  private static final String METHOD = "Mcp-Method";
  private static final String NAME = "Mcp-Name";
  private static final String PARAMETER = "mcp-param-";

  private ForwardedFields() {}

  static Headers of(Headers headers) {
    return headers.only(ForwardedFields::may);
  }

  /**
   * Those of a message, with what repeats parts of it and says the same. The revision that {@code
   * initialize} asks for is another than the one that is spoken, and is in the content.
   */
  static Headers of(Headers headers, WellFormed message) {
    boolean method = once(headers, METHOD, field -> MirroredFields.isMethod(field, message));
    boolean name = once(headers, NAME, field -> MirroredFields.isName(field, message));
    boolean initialize =
        message instanceof Envelope envelope
            && envelope.method().equals("initialize")
            && !envelope.params().isModern();
    return headers.only(
        field ->
            (may(field) && !(initialize && field.equalsIgnoreCase("MCP-Protocol-Version")))
                || (method && field.equalsIgnoreCase(METHOD))
                || (name && field.equalsIgnoreCase(NAME)));
  }

  private static boolean once(Headers headers, String name, Predicate<String> fits) {
    List<String> all = headers.all(name);
    return all.size() == 1 && fits.test(all.getFirst());
  }

  private static boolean may(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || lower.startsWith(PARAMETER);
  }
}
