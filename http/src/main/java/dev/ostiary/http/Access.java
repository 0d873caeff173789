package dev.ostiary.http;

/** Who may call an endpoint, and so what it checks before anything else. */
public enum Access {
  /** Anybody, without credentials: metadata, health. */
  ANYBODY,
  /** A person's browser: cookies count, other origins do not get in. */
  BROWSER,
  /** An OAuth client, authenticated as it is registered. */
  CLIENT,
  /** A bearer of an access token for exactly this protected resource. */
  TOKEN
}
