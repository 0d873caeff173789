package dev.ostiary.checker.profile;

import dev.ostiary.http.Headers;

/**
 * What an HTTP library sends without being asked to. Edges (bot protection, firewalls) judge
 * clients by it before the server behind them sees a request.
 */
enum Habits {
  /** Node's own fetch. */
  NODE,
  /** Python's httpx. */
  HTTPX,
  /** A library that says nothing of itself. */
  BARE;

  /** The fields of every request that has no others of their names. */
  Headers fields() {
    return switch (this) {
      case NODE ->
          Headers.of(
              "User-Agent", "node",
              "Accept", "*/*",
              "Accept-Language", "*",
              "Sec-Fetch-Mode", "cors");
      case HTTPX -> Headers.of("User-Agent", "python-httpx/0.28.1", "Accept", "*/*");
      case BARE -> Headers.of("Accept", "*/*");
    };
  }
}
