package dev.ostiary.testkit;

import dev.ostiary.authorization.store.Approval;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Duration;

/** Approvals, for thirty days from {@link SampleTime#NOW}. */
public final class SampleApproval {
  public static final Duration LIFETIME = Duration.ofDays(30);

  private SampleApproval() {}

  /** What octocat has approved of the sample client. */
  public static Approval of(String... scopes) {
    return of(
        SampleGrant.SUBJECT,
        SampleClient.ID,
        SampleClient.REDIRECT_URI,
        SampleGrant.RESOURCE,
        scopes);
  }

  /** What somebody has approved of some client. */
  public static Approval of(
      Subject subject,
      ClientId client,
      RedirectUri redirectUri,
      Resource resource,
      String... scopes) {
    return new Approval(
        subject,
        client,
        redirectUri,
        resource,
        Scopes.of(scopes),
        SampleClient.DESCRIPTION,
        SampleTime.NOW,
        SampleTime.NOW.plus(LIFETIME));
  }
}
