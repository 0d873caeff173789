package dev.ostiary.gateway.observe;

/** How a backend failed. */
public enum BackendFailure {
  /** No connection to it could be made. */
  UNREACHABLE,
  /** It did not answer in time. */
  LATE,
  /** The connection broke before its answer was whole. */
  BROKEN_OFF,
  /** It stopped in the middle of its answer, and the connection stayed. */
  SILENT,
  /** Its answer was no MCP: a redirect, a refusal of the gateway, or in an unknown form. */
  UNUSABLE,
  /** No permit was free: the limit of calls or streams is reached. */
  BUSY,
  /** Its circuit breaker is open. */
  PAUSED
}
