package dev.ostiary.embed.config;

import dev.ostiary.gateway.stdio.EnvironmentTemplate;
import dev.ostiary.gateway.stdio.Placeholder;
import dev.ostiary.protocol.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server that is a program on this machine, spoken to over its standard streams.
 *
 * @param command the program and its arguments
 * @param env variables of its environment, with placeholders in their values
 * @param directory where it starts; null for a private one
 * @param runAs the user it runs as; empty for Ostiary's own
 * @param maxChildren at the same time, of all users
 * @param maxChildrenPerUser at the same time, of one user; null for an eighth, or four
 * @param startTimeout until it answers for the first time
 * @param childIdleTimeout after so long without a call it is ended
 * @param answerTimeout until a call has its answer
 * @param idleTimeout how long a stream of events may be silent
 * @param keepAlive after so much silence of a stream its client gets a comment
 * @param bodyLimit the largest message of a client, in bytes
 * @param sessionLifetime of a session of a revision before 2026-07-28
 */
public record StdioServer(
    List<String> command,
    Map<String, Secret> env,
    @Nullable Path directory,
    String runAs,
    int maxChildren,
    @Nullable Integer maxChildrenPerUser,
    Duration startTimeout,
    Duration childIdleTimeout,
    Duration answerTimeout,
    Duration idleTimeout,
    Duration keepAlive,
    int bodyLimit,
    Duration sessionLifetime)
    implements ServerTarget {
  public StdioServer {
    command = List.copyOf(command);
    env = Map.copyOf(env);
  }

  /** The defaults. */
  public static StdioServer of(List<String> command) {
    HttpServer.Timeouts usual = HttpServer.Timeouts.DEFAULTS;
    return new StdioServer(
        command,
        Map.of(),
        null,
        "",
        64,
        null,
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        usual.answer(),
        usual.idle(),
        usual.keepAlive(),
        HttpServer.USUAL_BODY_LIMIT,
        HttpServer.USUAL_SESSION);
  }

  /** How many children one user has at most: never all, unless there is but one. */
  public int perUser() {
    int share = maxChildrenPerUser == null ? Math.max(4, maxChildren / 8) : maxChildrenPerUser;
    return Math.max(1, Math.min(share, maxChildren - 1));
  }

  /** The placeholders in its environment. */
  public Set<Placeholder> placeholders() {
    return new EnvironmentTemplate(env).placeholders();
  }
}
