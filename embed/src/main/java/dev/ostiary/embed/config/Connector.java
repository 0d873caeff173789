package dev.ostiary.embed.config;

/** A connector that can be served as an MCP server. */
public enum Connector implements Behind {
  /** GitHub's tools, with the user's own token. */
  GITHUB
}
