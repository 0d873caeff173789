package dev.ostiary.http;

/**
 * How much content of a request is read, and on whose account it is held in memory. Each account
 * has a share of what all contents together may take, so that none can take all of it.
 *
 * @param octets more than these are answered 413
 * @param account a user, or the address of a caller who is not known; compared by {@code equals}
 */
public record ContentLimit(int octets, Object account) {
  /** The answer to a content that is larger. */
  public Reply tooLarge() {
    String json =
        "{\"error\":\"content_too_large\",\"error_description\":\"The content is larger than "
            + octets
            + " bytes.\"}";
    return Reply.json(413, json);
  }
}
