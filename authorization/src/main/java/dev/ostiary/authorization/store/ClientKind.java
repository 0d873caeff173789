package dev.ostiary.authorization.store;

/** How a client came to be known. */
public enum ClientKind {
  /** It registered itself (RFC 7591). It is forgotten when it is not used. */
  REGISTERED,
  /** The operator named it. It is known until the operator takes it away. */
  CONFIGURED,
  /**
   * Its identifier is the URL of its metadata document, of which the last good version is kept once
   * a user has agreed to it. It is forgotten when it is not used.
   */
  DOCUMENT
}
