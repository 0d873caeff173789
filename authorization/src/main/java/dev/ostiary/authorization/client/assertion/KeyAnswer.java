package dev.ostiary.authorization.client.assertion;

/** What is known of the keys at an address. */
sealed interface KeyAnswer {
  /** These are the client's keys. */
  record Known(ClientKeySet keys) implements KeyAnswer {}

  /** None can be had at present. */
  record Unavailable(int retryAfter) implements KeyAnswer {}

  /** What is there is no set of keys. */
  record Unusable() implements KeyAnswer {}
}
