package dev.ostiary.gateway.peer;

import dev.ostiary.mcp.Era;
import org.jspecify.annotations.Nullable;

/**
 * Which eras of MCP a backend speaks, as far as that has been found out. It is remembered beyond
 * the process, until the backend is configured otherwise or answers otherwise. Does not block.
 */
public interface Eras {
  /** Whether it speaks this era; null if that is not known. */
  @Nullable Boolean speaks(Era era);

  /** It has been found out. */
  void learned(Era era, boolean spoken);
}
