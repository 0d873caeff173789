package dev.ostiary.embed.config;

import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Lifetimes;

/**
 * What is issued.
 *
 * @param lifetimes how long it lives
 * @param signingAlgorithm of access tokens
 */
public record Tokens(Lifetimes lifetimes, SigningAlgorithm signingAlgorithm) {
  public static final Tokens DEFAULTS = new Tokens(Lifetimes.DEFAULTS, SigningAlgorithm.ES256);
}
