package dev.ostiary.protocol;

import java.util.List;
import java.util.regex.Pattern;

/** A bearer token as a request presents it: nothing is proven yet (RFC 6750 §2.1). */
public record BearerToken(Secret token) {
  private static final Pattern FIELD = Pattern.compile("(?i)Bearer +(?-i)([A-Za-z0-9._~+/-]+=*) *");
  private static final Pattern SCHEME = Pattern.compile("(?i)Bearer(?: .*)?");

  /** Why a request presents none. */
  public enum Refusal {
    /** No credentials, or such of another kind. */
    ABSENT,
    /** Two fields, or something else than one token after the scheme. */
    MALFORMED
  }

  /**
   * Reads the token.
   *
   * @param authorization the values of every {@code Authorization} header
   */
  public static Result<BearerToken, Refusal> parse(List<String> authorization) {
    if (authorization.size() > 1) {
      return Result.refused(Refusal.MALFORMED);
    }
    if (authorization.isEmpty() || !SCHEME.matcher(authorization.getFirst()).matches()) {
      return Result.refused(Refusal.ABSENT);
    }
    var field = FIELD.matcher(authorization.getFirst());
    return field.matches()
        ? Result.ok(new BearerToken(new Secret(field.group(1))))
        : Result.refused(Refusal.MALFORMED);
  }
}
