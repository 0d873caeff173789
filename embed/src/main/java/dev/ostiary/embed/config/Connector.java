package dev.ostiary.embed.config;

/** A connector that can be served as an MCP server. */
public enum Connector implements ServerTarget {
  /** GitHub's tools, with the user's own token. */
  GITHUB
}
