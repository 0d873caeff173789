package dev.ostiary.simulator.api;

import dev.ostiary.http.Request;
import java.util.Optional;

/** A dated version of the REST API, as {@code X-GitHub-Api-Version} names it. */
enum ApiVersion {
  V2022_11_28("2022-11-28"),
  V2026_03_10("2026-03-10");

  private final String date;

  ApiVersion(String date) {
    this.date = date;
  }

  /** The version asked for, the older one by default; nothing if there is no such version. */
  static Optional<ApiVersion> wanted(Request request) {
    String asked = request.headers().first("X-GitHub-Api-Version").orElse(V2022_11_28.date);
    for (ApiVersion version : values()) {
      if (version.date.equals(asked)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  String date() {
    return date;
  }
}
