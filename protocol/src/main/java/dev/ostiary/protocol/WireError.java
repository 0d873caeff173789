package dev.ostiary.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client is told when it is refused: a code, and a sentence for its developer that we wrote
 * and that repeats nothing of the request (OAuth 2.1 §3.2.4).
 */
public record WireError(OAuthError error, String description) {
  /**
   * Checks the characters: printable ASCII without quote and backslash.
   *
   * @throws IllegalArgumentException if there is another
   */
  public WireError {
    if (!description.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '"' && c != '\\')) {
      throw new IllegalArgumentException("a character that no error description may have");
    }
  }

  public int status() {
    return error.status();
  }

  /** The parameters of an error reply, in order. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("error", error.code());
    parameters.put("error_description", description);
    return parameters;
  }

  public String toJson() {
    return Json.write(parameters());
  }
}
