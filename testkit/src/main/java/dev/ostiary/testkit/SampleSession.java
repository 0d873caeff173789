package dev.ostiary.testkit;

import dev.ostiary.authorization.hash.SessionHash;
import dev.ostiary.authorization.store.BrowserSession;
import java.time.Duration;

/** Browser sessions of octocat, for eight hours from {@link SampleTime#NOW}. */
public final class SampleSession {
  public static final Duration LIFETIME = Duration.ofHours(8);

  private SampleSession() {}

  public static BrowserSession of(String cookie) {
    return new BrowserSession(
        SessionHash.of(cookie), SampleGrant.SUBJECT, "octocat", SampleTime.NOW.plus(LIFETIME));
  }
}
