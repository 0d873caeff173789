package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What a client holds after a sign-in.
 *
 * @param client null if the token came from elsewhere
 * @param response of the token endpoint; null likewise
 */
public record Tokens(
    String access, @Nullable String refresh, @Nullable Client client, @Nullable Answer response) {
  public static @Nullable Tokens of(Client client, Answer response) {
    String access = response.member("access_token");
    return response.status() != 200 || access == null
        ? null
        : new Tokens(access, response.member("refresh_token"), client, response);
  }

  /** The access token as a JWT; null if it is none. */
  public @Nullable Jwt jwt() {
    return Jwt.parse(access);
  }

  /** Nothing of the tokens. */
  @Override
  public String toString() {
    return "tokens";
  }
}
