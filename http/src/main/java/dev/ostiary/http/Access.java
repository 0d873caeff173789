package dev.ostiary.http;

/** Who may call an endpoint, and so what it checks before anything else. */
public enum Access {
  /** Anybody, without credentials: metadata, health. */
  ANYBODY,
  /** A person's browser: cookies count, other origins do not get in. */
  BROWSER,
  /** An OAuth client, authenticated as it is registered. */
  CLIENT,
  /** The bearer of an initial or a registration access token (RFC 7591 §1.2, RFC 7592 §1.2). */
  REGISTRATION,
  /** A bearer of an access token for exactly this protected resource. */
  TOKEN,
  /** A user of this computer who may open the operating socket. */
  OPERATOR
}
