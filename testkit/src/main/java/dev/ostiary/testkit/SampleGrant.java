package dev.ostiary.testkit;

import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Grants of octocat to the sample client, for a year from {@link SampleTime#NOW}. */
public final class SampleGrant {
  public static final Duration LIFETIME = Duration.ofDays(365);
  public static final Subject SUBJECT = new Subject("github:583231");
  public static final Resource RESOURCE = new Resource("https://mcp.example.com/mcp");
  public static final Scopes SCOPES = Scopes.of("read:user", "repo");

  private SampleGrant() {}

  /** A grant that needs no upstream token. */
  public static Grant of(String id) {
    return of(id, null);
  }

  /** A grant that rests on an upstream token. */
  public static Grant on(String id, UpstreamTokenId upstreamToken) {
    return of(id, upstreamToken);
  }

  /** A grant to another client. */
  public static Grant to(ClientId client, String id) {
    return of(client, id, null);
  }

  private static Grant of(String id, @Nullable UpstreamTokenId upstreamToken) {
    return of(SampleClient.ID, id, upstreamToken);
  }

  private static Grant of(ClientId client, String id, @Nullable UpstreamTokenId upstreamToken) {
    return new Grant(
        new GrantId(id),
        client,
        SUBJECT,
        "octocat",
        SCOPES,
        RESOURCE,
        upstreamToken,
        SampleTime.NOW,
        SampleTime.NOW.plus(LIFETIME));
  }
}
