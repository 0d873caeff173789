package dev.ostiary.protocol.token;

import dev.ostiary.protocol.ParameterRefusal;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;

/**
 * A question about a token (RFC 7662 §2.1). The {@code token_type_hint} is not read: what a token
 * is can be told from the token.
 */
public record IntrospectionRequest(Secret token) {
  public static Result<IntrospectionRequest, ParameterRefusal> parse(Parameters parameters) {
    return parameters
        .first("token")
        .map(Secret::new)
        .map(
            token ->
                Result.<IntrospectionRequest, ParameterRefusal>ok(new IntrospectionRequest(token)))
        .orElseGet(() -> Result.refused(new ParameterRefusal.Missing("token")));
  }
}
