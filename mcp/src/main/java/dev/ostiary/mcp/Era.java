package dev.ostiary.mcp;

/** How a client and a server agree on what they speak. */
public enum Era {
  /** By {@code initialize}, for what follows. */
  LEGACY,
  /** In every request, by its {@code _meta} and headers; nothing is remembered. */
  MODERN
}
