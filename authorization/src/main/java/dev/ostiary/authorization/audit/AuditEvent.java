package dev.ostiary.authorization.audit;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import java.util.List;

/**
 * An event of the audit stream. The names and fields are an API: {@code
 * docs/reference/audit-events.md} lists them.
 */
public sealed interface AuditEvent {
  Instant at();

  /** The id of the request it happened in. */
  String request();

  /** A client registered itself. */
  record ClientRegistered(Instant at, String request, ClientId client, String clientName)
      implements AuditEvent {}

  /** A client replaced its registration. */
  record ClientReplaced(Instant at, String request, ClientId client, String clientName)
      implements AuditEvent {}

  /** The operator added a client. */
  record ClientAdded(Instant at, String request, ClientId client, String clientName)
      implements AuditEvent {}

  /** A client is known no longer, which ends its grants. */
  record ClientRemoved(Instant at, String request, ClientId client, Actor by)
      implements AuditEvent {}

  /**
   * The operator made a new signing key.
   *
   * @param signsFrom when it begins to sign
   */
  record SigningKeyRotated(Instant at, String request, String key, Instant signsFrom, Actor by)
      implements AuditEvent {}

  /** The operator made a new data key. */
  record DataKeyRotated(Instant at, String request, String key, Actor by) implements AuditEvent {}

  /** The metadata document of a client was not used. The client is the URL it is named by. */
  record DocumentRefused(Instant at, String request, ClientId client, String reason)
      implements AuditEvent {}

  /** A document that people have agreed to says something else now. */
  record DocumentChanged(Instant at, String request, ClientId client, List<String> changed)
      implements AuditEvent {
    public DocumentChanged {
      changed = List.copyOf(changed);
    }
  }

  /**
   * An authorization request was refused before anybody decided on it, or the form it was shown in
   * could not be taken.
   *
   * @param client as it named itself, which may be untrue; empty if it did not
   * @param reason a stable name
   * @param detail what the reason is about; may be empty
   */
  record AuthorizeRefused(Instant at, String request, String client, String reason, String detail)
      implements AuditEvent {}

  /** A user approved a client's request in the browser, before signing in. */
  record ConsentGiven(
      Instant at,
      String request,
      ClientId client,
      String redirectHost,
      Resource resource,
      Scopes scopes)
      implements AuditEvent {}

  /** A signed-in user was not asked, since they had approved the same before. */
  record ConsentRemembered(
      Instant at,
      String request,
      ClientId client,
      Subject subject,
      String redirectHost,
      Resource resource,
      Scopes scopes)
      implements AuditEvent {}

  /** A user refused a client's request. */
  record ConsentDenied(Instant at, String request, ClientId client) implements AuditEvent {}

  /**
   * A sign-in came back from the upstream and was refused.
   *
   * @param subject who signed in there; empty if no user did
   * @param userName what the upstream called them; empty if no user did
   * @param lacks what would have let them in, in words; empty if it is not about that
   */
  record SignInRefused(
      Instant at,
      String request,
      ClientId client,
      String reason,
      String subject,
      String userName,
      String lacks)
      implements AuditEvent {}

  /**
   * A password of a user of this server itself was refused.
   *
   * @param userName whose it should have been; empty if there is no such user
   * @param reason a stable name
   */
  record PasswordRefused(Instant at, String request, String userName, String reason)
      implements AuditEvent {}

  /**
   * A name on an allow list belongs to another account than the one it stands for, and does not let
   * that one in.
   *
   * @param was the id of the account it stands for
   * @param is that of the account that has it now
   */
  record AllowedNameChanged(
      Instant at, String request, UpstreamNameStore.Kind kind, String name, String was, String is)
      implements AuditEvent {}

  /** A callback came to a browser that had not begun the sign-in, or came twice, or too late. */
  record CallbackRefused(Instant at, String request) implements AuditEvent {}

  /** A user signed in and a code was issued. */
  record GrantCreated(
      Instant at,
      String request,
      GrantId grant,
      ClientId client,
      Subject subject,
      String userName,
      Resource resource,
      Scopes scopes)
      implements AuditEvent {}

  /** A client traded a code for tokens. */
  record CodeRedeemed(Instant at, String request, GrantId grant, ClientId client)
      implements AuditEvent {}

  /** A used code came again with everything else right: stolen, or lost on the way. */
  record CodeReplayed(Instant at, String request, GrantId grant, ClientId client)
      implements AuditEvent {}

  /** A client refreshed. */
  record RefreshRotated(Instant at, String request, GrantId grant, ClientId client)
      implements AuditEvent {}

  /** A client refreshed with the same token again, within the grace. */
  record RefreshRepeated(Instant at, String request, GrantId grant, ClientId client)
      implements AuditEvent {}

  /** A replaced refresh token came again: stolen, or kept by a client that restarted. */
  record RefreshReused(Instant at, String request, GrantId grant, ClientId client)
      implements AuditEvent {}

  /** A grant and all its tokens ended. */
  record GrantEnded(Instant at, String request, GrantId grant, EndReason reason)
      implements AuditEvent {}

  /** A client gave up one access token; its grant is still in force. */
  record AccessTokenRevoked(Instant at, String request, GrantId grant, ClientId client)
      implements AuditEvent {}

  /** The operator made a backup of the store. */
  record StoreBackedUp(Instant at, String request, String file) implements AuditEvent {}

  /** The operator put a backup in the place of the store. */
  record StoreRestored(Instant at, String request, String file) implements AuditEvent {}

  /** The revocation endpoint said no. The client is as it named itself. */
  record RevocationRefused(Instant at, String request, String client, String reason)
      implements AuditEvent {}

  /** The introspection endpoint said no. The client is as it named itself. */
  record IntrospectionRefused(Instant at, String request, String client, String reason)
      implements AuditEvent {}

  /** The token endpoint said no. The client is as it named itself, which may be untrue. */
  record TokenRefused(Instant at, String request, String client, String reason)
      implements AuditEvent {}

  /**
   * So many events of a kind were not kept, since there were too many.
   *
   * @param of the kind, as the audit stream calls it
   */
  record EventsOmitted(Instant at, String request, String of, long count) implements AuditEvent {}

  /**
   * A call of an MCP server was refused for want of a token that is good for it.
   *
   * @param server its name in the configuration
   */
  record CallRefused(Instant at, String request, String server, String reason)
      implements AuditEvent {}
}
