package dev.ostiary.gateway.observe;

/** What was wrong with a server behind the gateway. */
public enum BackendFailure {
  /** No connection to it could be made. */
  UNREACHABLE,
  /** It did not answer in time. */
  LATE,
  /** The connection broke before its answer was whole. */
  BROKEN_OFF,
  /** It stopped in the middle of its answer, and the connection stayed. */
  SILENT,
  /** Its answer was no MCP: a redirect, a refusal of the gateway, or in a form nobody can read. */
  UNUSABLE,
  /** As many calls or streams as it may have go on already. */
  BUSY,
  /** It was not asked, because it failed too often in a row. */
  PAUSED
}
