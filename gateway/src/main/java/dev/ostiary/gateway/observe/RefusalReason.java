package dev.ostiary.gateway.observe;

import java.util.Locale;

/** Why the gateway refused a call. */
public enum RefusalReason {
  /** A web page that may not call, or a host name that is not ours. */
  FOREIGN_ORIGIN,
  /** A method of HTTP that is not served. */
  METHOD_NOT_SERVED,
  /** No access token: how every client begins. */
  NO_TOKEN,
  /** Something else than an access token. */
  MALFORMED_TOKEN,
  /** An access token that is good nowhere: expired, revoked, or not ours. */
  INVALID_TOKEN,
  /** An access token for another server. */
  OTHER_AUDIENCE,
  /** The user may not use this server. */
  USER_NOT_ALLOWED,
  /** The user has to sign in again. */
  SIGN_IN_AGAIN,
  /** The access token was revoked, or its grant ended, while the call was on its way. */
  TOKEN_REVOKED,
  /** The content is not JSON. */
  NOT_JSON,
  /** The content is too large, or did not arrive. */
  NOT_READ,
  /** Against the rules of MCP. */
  NOT_ADMITTED,
  /** The access token lacks a scope that the call needs. */
  SCOPE_MISSING,
  /** The policy denies it to every user. */
  NOT_ALLOWED,
  /** It could not be found out whether it may be made. */
  UNDECIDED,
  /** Ostiary ended before the call did. */
  STOPPING,
  /** There was no room for more work. */
  OVERLOADED,
  /** Our fault. */
  BROKEN;

  /** What metrics and the audit log call it: stable, whatever the constant is called. */
  public String label() {
    return this == USER_NOT_ALLOWED ? "not_a_guest" : name().toLowerCase(Locale.ROOT);
  }
}
