package dev.ostiary.gateway.backend;

import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.MirroredFields;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The header fields of a client that a backend may see: all others stay here, above all those that
 * carry credentials. {@code Mcp-Session-Id} is ours towards the client and is replaced.
 */
public final class ForwardedFields {
  private static final List<String> ALWAYS =
      List.of("Content-Type", "MCP-Protocol-Version", "traceparent", "tracestate", "baggage");

  private static final String METHOD = "Mcp-Method";
  private static final String NAME = "Mcp-Name";
  private static final String PARAMETER = "mcp-param-";

  /** What is read here and not forwarded, or as something else. */
  private static final List<String> READ_HERE =
      List.of("Authorization", "Mcp-Session-Id", "Last-Event-ID");

  /** All that a client may send, but for the family {@code Mcp-Param-*}. */
  private static final String ALL =
      Stream.of(READ_HERE, ALWAYS, List.of(METHOD, NAME))
          .flatMap(List::stream)
          .collect(Collectors.joining(", "));

  private static final Pattern PARAMETERS =
      Pattern.compile("(?i)" + PARAMETER + "[a-z0-9!#$%&'*+.^_`|~-]+");

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

  /**
   * What a script may send (Fetch, CORS-preflight): all that is forwarded or read here.
   *
   * @param wanted what it asks to send, as in {@code Access-Control-Request-Headers}
   */
  public static String forScripts(String wanted) {
    return Stream.concat(
            Stream.of(ALL),
            Stream.of(wanted.split(",", -1))
                .map(String::strip)
                .filter(name -> PARAMETERS.matcher(name).matches()))
        .collect(Collectors.joining(", "));
  }

  private static boolean once(Headers headers, String name, Predicate<String> fits) {
    List<String> all = headers.all(name);
    return all.size() == 1 && fits.test(all.getFirst());
  }

  private static boolean may(String name) {
    return ALWAYS.stream().anyMatch(name::equalsIgnoreCase)
        || name.regionMatches(true, 0, PARAMETER, 0, PARAMETER.length());
  }
}
