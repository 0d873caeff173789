package dev.ostiary.embed.config;

import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.gateway.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what at one MCP server.
 *
 * @param policy null for what the server has of its own: the connector's policy, or none
 * @param listed what callers get to see of the server's lists
 * @param readOnly whether only tools that change nothing may be called
 */
public record ServerPolicy(@Nullable Policy policy, Listed listed, boolean readOnly) {
  /** Nothing is narrowed. */
  public static final ServerPolicy DEFAULTS = new ServerPolicy(null, Listed.REACHABLE, false);

  /** The policy that holds, over what the server has of its own. */
  public Policy over(Policy own) {
    return (policy == null ? own : policy).listed(listed).readOnly(readOnly);
  }
}
