package dev.ostiary.gateway.credential;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import dev.ostiary.protocol.Secret;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The same secret for every call: the backend learns that Ostiary calls, and not for whom. */
public final class ApiKey implements BackendCredential {
  private final Fields fields;

  /**
   * @param value the whole value of the field
   */
  public ApiKey(String header, Secret value) {
    this.fields = new Fields(Headers.of(header, value.reveal()));
  }

  @Override
  public CompletionStage<Answer> fields(Caller caller) {
    return CompletableFuture.completedStage(fields);
  }

  @Override
  public boolean isPersonal() {
    return false;
  }

  @Override
  public CompletionStage<Answer> renewed(Caller caller, Headers refused) {
    return CompletableFuture.completedStage(new NoOther());
  }
}
