package dev.ostiary.gateway.policy;

/** What of a server's lists its callers get to see. */
public enum Listed {
  /** What they may use with the scopes they have. They never learn what else there is. */
  USABLE,
  /** Also what they may use after asking for more scopes. */
  REACHABLE,
  /** Everything; what they may not use is refused when it is called. */
  ALL
}
