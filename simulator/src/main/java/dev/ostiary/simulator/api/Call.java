package dev.ostiary.simulator.api;

import dev.ostiary.http.Body;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.token.AccessToken;
import dev.ostiary.simulator.world.Account;
import java.util.Map;

/**
 * A call of an API resource by a caller who may make it.
 *
 * @param path the path below {@code /api/v3}
 * @param segments the values of the path's variable parts
 */
record Call(
    Caller caller,
    String path,
    Map<String, String> segments,
    Parameters query,
    Body.Whole body,
    ApiVersion version) {

  String segment(String name) {
    return segments.getOrDefault(name, "");
  }

  /** The token of a call that cannot come without one. */
  AccessToken token() {
    return caller
        .accessToken()
        .orElseThrow(() -> new IllegalStateException("a call without a token"));
  }

  Account account() {
    return token().account();
  }
}
