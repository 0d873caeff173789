package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.client.redirect.ValidatedRedirect;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer to an authorization request goes, and what it brings back unchanged.
 *
 * @param state the client's own; null if it sent none
 * @param clientName as the client calls itself, or null
 */
public record ResponseTarget(
    ValidatedRedirect redirect, @Nullable String state, @Nullable String clientName) {
  /** Without the state, which is the client's secret. */
  @Override
  public String toString() {
    return redirect.toString();
  }
}
