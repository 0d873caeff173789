package dev.ostiary.embed.config.credential;

/** The kinds of credentials as they are written. */
enum CredentialWord {
  NONE,
  IDENTITY_HEADERS,
  SIGNED_IDENTITY,
  UPSTREAM_TOKEN,
  UPSTREAM_ID_TOKEN,
  API_KEY
}
