package dev.ostiary.protocol.token;

import dev.ostiary.protocol.ParameterRefusal;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;

/**
 * What every token request has (OAuth 2.1 §3.2.2).
 *
 * @param grantType as it was sent, whether we know it or not
 * @param parameters all of them, for the exchange of that grant type to read
 */
public record TokenRequest(String grantType, Parameters parameters) {
  public static Result<TokenRequest, ParameterRefusal> parse(Parameters parameters) {
    return parameters
        .first("grant_type")
        .map(type -> Result.<TokenRequest, ParameterRefusal>ok(new TokenRequest(type, parameters)))
        .orElseGet(() -> Result.refused(new ParameterRefusal.Missing("grant_type")));
  }
}
