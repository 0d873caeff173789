package dev.ostiary.testkit;

import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
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

  /** A grant to a client that proves itself with a key. */
  public static Grant toProven(String id) {
    Grant grant = of(id);
    return new Grant(
        grant.id(),
        grant.client(),
        grant.subject(),
        grant.userName(),
        grant.scopes(),
        grant.resource(),
        grant.upstreamToken(),
        grant.createdAt(),
        grant.expiresAt(),
        "private_key_jwt");
  }

  /** A grant to another client. */
  public static Grant to(ClientId client, String id) {
    return of(client, id, null);
  }

  /** A grant like any of these, of somebody, for another client, or at another resource. */
  public static Grant between(String id, Subject subject, ClientId client, Resource resource) {
    return new Grant(
        new GrantId(id),
        client,
        subject,
        "somebody",
        SCOPES,
        resource,
        null,
        SampleTime.NOW,
        SampleTime.NOW.plus(LIFETIME));
  }

  /** A grant that was made at another time. */
  public static Grant at(String id, Instant createdAt) {
    return new Grant(
        new GrantId(id),
        SampleClient.ID,
        SUBJECT,
        "octocat",
        SCOPES,
        RESOURCE,
        null,
        createdAt,
        createdAt.plus(LIFETIME));
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
