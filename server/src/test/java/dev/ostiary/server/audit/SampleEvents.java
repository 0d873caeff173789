package dev.ostiary.server.audit;

import dev.ostiary.authorization.audit.Actor;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import java.util.List;

/** One audit event of every kind. */
final class SampleEvents {
  private static final Instant AT = Instant.parse("2026-11-21T21:04:09.120Z");
  private static final ClientId CLIENT = new ClientId("c1");
  private static final GrantId GRANT = new GrantId("g1");
  private static final Resource RESOURCE = new Resource("https://mcp.example.com/mcp");

  private SampleEvents() {}

  static List<AuditEvent> all() {
    return List.of(
        new AuditEvent.ClientRegistered(AT, "r1", CLIENT, "A \"client\"\n"),
        new AuditEvent.ClientReplaced(AT, "r1", CLIENT, "A client"),
        new AuditEvent.ClientAdded(AT, "-", CLIENT, "A client"),
        new AuditEvent.ClientRemoved(AT, "r1", CLIENT, Actor.OPERATOR),
        new AuditEvent.SigningKeyRotated(AT, "-", "k1", AT.plusSeconds(600), Actor.OPERATOR),
        new AuditEvent.DataKeyRotated(AT, "-", "d1", Actor.OPERATOR),
        new AuditEvent.DocumentRefused(
            AT, "r1", new ClientId("https://client.example/c"), "fetch-not-json"),
        new AuditEvent.DocumentChanged(
            AT,
            "r1",
            new ClientId("https://client.example/c"),
            List.of("client_name", "redirect_uris")),
        new AuditEvent.ConsentGiven(
            AT, "r1", CLIENT, "127.0.0.1", RESOURCE, Scopes.of("read:user", "repo")),
        new AuditEvent.ConsentRemembered(
            AT,
            "r1",
            CLIENT,
            new Subject("github:583231"),
            "app.example.com",
            RESOURCE,
            Scopes.of("read:user")),
        new AuditEvent.StoreBackedUp(AT, "-", "/backups/ostiary.db"),
        new AuditEvent.StoreRestored(AT, "-", "/backups/ostiary.db"),
        new AuditEvent.ConsentDenied(AT, "r1", CLIENT),
        new AuditEvent.AuthorizeRefused(
            AT, "r1", "c1", "redirect-unknown", "https://evil.example/"),
        new AuditEvent.SignInRefused(
            AT, "r1", CLIENT, "not_allowed", "github:2501", "mona", "is not one of the users"),
        new AuditEvent.AllowedNameChanged(
            AT, "-", UpstreamNameStore.Kind.USER, "octocat", "583231", "999"),
        new AuditEvent.CallbackRefused(AT, "r1"),
        new AuditEvent.GrantCreated(
            AT,
            "r1",
            GRANT,
            CLIENT,
            new Subject("github:583231"),
            "octocat",
            RESOURCE,
            Scopes.of("read:user")),
        new AuditEvent.CodeRedeemed(AT, "r1", GRANT, CLIENT),
        new AuditEvent.CodeReplayed(AT, "r1", GRANT, CLIENT),
        new AuditEvent.RefreshRotated(AT, "r1", GRANT, CLIENT),
        new AuditEvent.RefreshRepeated(AT, "r1", GRANT, CLIENT),
        new AuditEvent.RefreshReused(AT, "r1", GRANT, CLIENT),
        new AuditEvent.GrantEnded(AT, "r1", GRANT, EndReason.CODE_REPLAYED),
        new AuditEvent.AccessTokenRevoked(AT, "r1", GRANT, CLIENT),
        new AuditEvent.TokenRefused(AT, "r1", "c1", "code_replayed"),
        new AuditEvent.RevocationRefused(AT, "r1", "c1", "token-of-another-client"),
        new AuditEvent.IntrospectionRefused(AT, "r1", "c1", "client-not-confidential"),
        new AuditEvent.PasswordRefused(AT, "r1", "alice", "wrong_password"),
        new AuditEvent.CallRefused(AT, "r1", "docs", "invalid_token"),
        new AuditEvent.EventsOmitted(AT, "-", "token.refused", 4711));
  }
}
