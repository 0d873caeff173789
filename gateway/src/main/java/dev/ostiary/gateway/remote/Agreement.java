package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.mcp.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What a server and we have agreed on by {@code initialize}.
 *
 * @param version what the server calls it; null before
 * @param revision whose rules are kept
 * @param session null if the server keeps none
 */
record Agreement(@Nullable String version, Revision revision, @Nullable BackendSession session) {
  static final Agreement NONE = new Agreement(null, Revision.LATEST_LEGACY, null);

  /** In the modern era every request names its version, and there are no sessions. */
  static final Agreement MODERN = new Agreement(null, Revision.MODERN, null);
}
