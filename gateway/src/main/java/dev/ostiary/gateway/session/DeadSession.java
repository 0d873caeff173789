package dev.ostiary.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Response;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What servers say with 400 of a session that they know no more. The specification has 404 for that
 * (2025-11-25, Session Management), and only then does a client begin anew.
 */
public final class DeadSession {
  private static final Pattern SAID =
      Pattern.compile(
          "session|not (?:been )?initiali[sz]ed|initialize first", Pattern.CASE_INSENSITIVE);

  /** What else a server refuses before it has read for which request. */
  private static final Pattern ANOTHER =
      Pattern.compile(
          "version|accept|content|media|parse|json|batch|header", Pattern.CASE_INSENSITIVE);

  private DeadSession() {}

  /**
   * Whether that is said.
   *
   * @param content of an answer with 400 to a message in a session
   * @param request that it would answer; null if there is no one request
   * @param bound whether a session may be bound to a credential that has been renewed since
   */
  public static boolean isSaid(byte[] content, @Nullable RawJson request, boolean bound) {
    Optional<Response> response = Response.read(content);
    if (response.isPresent() && response.get().answers(request)) {
      return false; // it was served in its session
    }
    String said =
        response
            .map(Response::error)
            .map(Response.Failure::message)
            .orElseGet(() -> new String(content, UTF_8));
    return SAID.matcher(said).find() || (bound && !ANOTHER.matcher(said).find());
  }
}
