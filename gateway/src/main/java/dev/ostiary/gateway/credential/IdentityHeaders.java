package dev.ostiary.gateway.credential;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Says in plain header fields who calls. That is worth as much as the way to the backend: it has to
 * be one that no other program can use. A client's own fields of these names do not get this far.
 */
public final class IdentityHeaders implements BackendCredential {
  /** The user, as in the {@code sub} of access tokens. */
  private static final String SUBJECT = "X-Ostiary-Subject";

  /** The client. */
  private static final String CLIENT = "X-Ostiary-Client";

  /** The scopes of the access token, with spaces between; empty if it has none. */
  private static final String SCOPES = "X-Ostiary-Scopes";

  @Override
  public CompletionStage<Answer> fields(Caller caller) {
    return CompletableFuture.completedStage(
        new Fields(
            Headers.of(
                SUBJECT, HeaderValue.of(caller.subject().value()),
                CLIENT, HeaderValue.of(caller.client().value()),
                SCOPES, caller.scopes().toWire())));
  }

  @Override
  public boolean isPersonal() {
    return true;
  }

  @Override
  public CompletionStage<Answer> renewed(Caller caller, Headers refused) {
    return CompletableFuture.completedStage(new NoOther());
  }
}
