package dev.ostiary.protocol.token;

import dev.ostiary.protocol.ParameterRefusal;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;

/**
 * A request to revoke a token (RFC 7009 §2.1). The {@code token_type_hint} is not read: what a
 * token is can be told from the token.
 */
public record RevocationRequest(Secret token) {
  public static Result<RevocationRequest, ParameterRefusal> parse(Parameters parameters) {
    return parameters
        .first("token")
        .map(Secret::new)
        .map(token -> Result.<RevocationRequest, ParameterRefusal>ok(new RevocationRequest(token)))
        .orElseGet(() -> Result.refused(new ParameterRefusal.Missing("token")));
  }
}
