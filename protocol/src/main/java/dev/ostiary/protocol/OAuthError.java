package dev.ostiary.protocol;

/** The {@code error} codes that clients see (OAuth 2.1 §3.2.4, §4.1.2.1; RFC 7591, 8707). */
public enum OAuthError {
  INVALID_REQUEST("invalid_request", 400),
  INVALID_CLIENT("invalid_client", 401),
  INVALID_GRANT("invalid_grant", 400),
  UNAUTHORIZED_CLIENT("unauthorized_client", 400),
  UNSUPPORTED_GRANT_TYPE("unsupported_grant_type", 400),
  UNSUPPORTED_RESPONSE_TYPE("unsupported_response_type", 400),
  INVALID_SCOPE("invalid_scope", 400),
  ACCESS_DENIED("access_denied", 403),
  SERVER_ERROR("server_error", 500),
  TEMPORARILY_UNAVAILABLE("temporarily_unavailable", 503),
  /** A resource that is unknown, or that the grant is not for (RFC 8707 §2). */
  INVALID_TARGET("invalid_target", 400),
  /** A redirect URI that cannot be registered (RFC 7591 §3.2.2). */
  INVALID_REDIRECT_URI("invalid_redirect_uri", 400),
  /** Metadata that cannot be registered (RFC 7591 §3.2.2). */
  INVALID_CLIENT_METADATA("invalid_client_metadata", 400),
  /** A bearer token that is not, or no longer, good here (RFC 6750 §3.1). */
  INVALID_TOKEN("invalid_token", 401),
  /** The user would have to sign in, and must not be asked (OpenID Connect Core §3.1.2.6). */
  LOGIN_REQUIRED("login_required", 400),
  /** The user would have to be asked, and must not be (OpenID Connect Core §3.1.2.6). */
  INTERACTION_REQUIRED("interaction_required", 400);

  private final String code;
  private final int status;

  OAuthError(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** Its spelling on the wire. */
  public String code() {
    return code;
  }

  /** The HTTP status of a reply that carries it. */
  public int status() {
    return status;
  }
}
