package dev.ostiary.embed.config;

import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Lifetimes;
import java.time.Duration;

/**
 * What we issue: how long it lives, and how it is signed.
 *
 * @param accessTokenLifetime an access token
 * @param refreshTokenLifetime a refresh token that nobody uses
 * @param refreshTokenGrace how long a repeated refresh token gets the same successor
 * @param grantLifetime a grant, however often it is refreshed
 * @param codeLifetime an authorization code
 * @param signingAlgorithm of access tokens
 */
public record Tokens(
    Duration accessTokenLifetime,
    Duration refreshTokenLifetime,
    Duration refreshTokenGrace,
    Duration grantLifetime,
    Duration codeLifetime,
    SigningAlgorithm signingAlgorithm) {
  public static final Tokens DEFAULTS =
      new Tokens(
          Lifetimes.DEFAULTS.accessToken(),
          Lifetimes.DEFAULTS.refreshIdle(),
          Lifetimes.DEFAULTS.refreshGrace(),
          Lifetimes.DEFAULTS.grant(),
          Lifetimes.DEFAULTS.code(),
          SigningAlgorithm.ES256);
}
