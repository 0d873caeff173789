package dev.ostiary.authorization.response;

import dev.ostiary.authorization.client.ValidatedRedirect;
import dev.ostiary.authorization.store.ClientKind;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer to an authorization request goes, and what it brings back unchanged.
 *
 * @param client how the client came to be known
 * @param state the client's own; null if it sent none
 */
public record ReturnAddress(ValidatedRedirect redirect, ClientKind client, @Nullable String state) {
  /** Without the state, which is the client's secret. */
  @Override
  public String toString() {
    return redirect.toString();
  }
}
