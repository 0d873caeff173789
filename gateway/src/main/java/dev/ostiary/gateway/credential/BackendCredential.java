package dev.ostiary.gateway.credential;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a backend is shown to know whose call it is, and that it comes from us. */
public interface BackendCredential {
  /** Nothing. */
  BackendCredential NONE =
      new BackendCredential() {
        @Override
        public CompletionStage<Answer> fields(Caller caller) {
          return CompletableFuture.completedStage(new Fields(Headers.none()));
        }

        @Override
        public boolean isPersonal() {
          return false;
        }

        @Override
        public CompletionStage<Answer> renewed(Caller caller, Headers refused) {
          return CompletableFuture.completedStage(new NoOther());
        }
      };

  /**
   * Header fields to add to a call of this caller. Must not block; the stage may complete on any
   * thread.
   */
  CompletionStage<Answer> fields(Caller caller);

  /**
   * Whether a backend learns from it who calls, so that its answers may be for that user alone, and
   * may depend on the caller's scopes.
   */
  boolean isPersonal();

  /**
   * Asked for a call that the backend has answered with 401; and once more if it answers so again,
   * when nothing will be sent any more but the user may have to sign in again.
   *
   * @param refused what it had been shown
   */
  CompletionStage<Answer> renewed(Caller caller, Headers refused);

  /** What came of it. */
  sealed interface Answer {}

  /** To be sent along, in place of any of the same name. */
  record Fields(Headers headers) implements Answer {}

  /** There is nothing else to show: the backend does not let us in. */
  record NoOther() implements Answer {}

  /** The user has to sign in again. */
  record SignInAgain() implements Answer {}

  /** Not at present. */
  record Unavailable() implements Answer {}
}
