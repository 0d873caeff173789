package dev.ostiary.checker.profile;

import dev.ostiary.http.Headers;

/**
 * What a client's HTTP library sends without being asked to. Edges (bot protection, firewalls)
 * judge clients by it before the server behind them sees a request.
 *
 * @param fields of every request that has no others of their names
 */
record Habits(Headers fields) {
  /** Node's own fetch. */
  static final Habits NODE =
      new Habits(
          Headers.of(
              "User-Agent", "node",
              "Accept", "*/*",
              "Accept-Language", "*",
              "Sec-Fetch-Mode", "cors"));

  /** Python's httpx. */
  static final Habits HTTPX =
      new Habits(Headers.of("User-Agent", "python-httpx/0.28.1", "Accept", "*/*"));

  /** A library that says nothing of itself. */
  static final Habits BARE = new Habits(Headers.of("Accept", "*/*"));

  Habits called(String userAgent) {
    return new Habits(fields.replace("User-Agent", userAgent));
  }
}
