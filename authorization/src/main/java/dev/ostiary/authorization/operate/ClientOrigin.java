package dev.ostiary.authorization.operate;

/** How a client came to be known. */
public enum ClientOrigin {
  /** It stands in the configuration. */
  CONFIGURATION,
  /** The operator added it. */
  OPERATOR,
  /** It registered itself (RFC 7591). */
  ITSELF
}
