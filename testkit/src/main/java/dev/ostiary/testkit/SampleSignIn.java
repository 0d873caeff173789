package dev.ostiary.testkit;

import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.protocol.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sign-ins under way, for ten minutes from {@link SampleTime#NOW}. */
public final class SampleSignIn {
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  private SampleSignIn() {}

  /** A sign-in whose client sent a state of its own. */
  public static SignIn of(String state, String cookie) {
    return of(state, cookie, Sealed.of("ciphertext".getBytes(StandardCharsets.UTF_8)), null);
  }

  /** A sign-in whose client sent none. */
  public static SignIn withoutClientState(String state, String cookie) {
    return of(state, cookie, null, null);
  }

  /** A sign-in that octocat's earlier approval has begun. */
  public static SignIn approvedBefore(String state, String cookie) {
    return of(state, cookie, null, SampleGrant.SUBJECT);
  }

  private static SignIn of(
      String state, String cookie, @Nullable Sealed clientState, @Nullable Subject approvedBefore) {
    return new SignIn(
        StateHash.of(state),
        BindingHash.of(cookie),
        SampleClient.ID,
        SampleClient.REDIRECT_URI,
        SampleGrant.SCOPES,
        SampleGrant.RESOURCE,
        SampleCode.CODE_CHALLENGE,
        clientState,
        "github",
        SampleClient.DESCRIPTION,
        approvedBefore,
        SampleTime.NOW.plus(LIFETIME));
  }
}
