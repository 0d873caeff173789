package dev.ostiary.server.audit;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditEvent.AccessTokenRevoked;
import dev.ostiary.authorization.audit.AuditEvent.AllowedNameChanged;
import dev.ostiary.authorization.audit.AuditEvent.AuthorizeRefused;
import dev.ostiary.authorization.audit.AuditEvent.CallRefused;
import dev.ostiary.authorization.audit.AuditEvent.CallbackRefused;
import dev.ostiary.authorization.audit.AuditEvent.ClientAdded;
import dev.ostiary.authorization.audit.AuditEvent.ClientRegistered;
import dev.ostiary.authorization.audit.AuditEvent.ClientRemoved;
import dev.ostiary.authorization.audit.AuditEvent.ClientReplaced;
import dev.ostiary.authorization.audit.AuditEvent.CodeRedeemed;
import dev.ostiary.authorization.audit.AuditEvent.CodeReplayed;
import dev.ostiary.authorization.audit.AuditEvent.ConsentDenied;
import dev.ostiary.authorization.audit.AuditEvent.ConsentGiven;
import dev.ostiary.authorization.audit.AuditEvent.ConsentRemembered;
import dev.ostiary.authorization.audit.AuditEvent.DataKeyRotated;
import dev.ostiary.authorization.audit.AuditEvent.DocumentChanged;
import dev.ostiary.authorization.audit.AuditEvent.DocumentRefused;
import dev.ostiary.authorization.audit.AuditEvent.EventsOmitted;
import dev.ostiary.authorization.audit.AuditEvent.GrantCreated;
import dev.ostiary.authorization.audit.AuditEvent.GrantEnded;
import dev.ostiary.authorization.audit.AuditEvent.IntrospectionRefused;
import dev.ostiary.authorization.audit.AuditEvent.PasswordRefused;
import dev.ostiary.authorization.audit.AuditEvent.RefreshRepeated;
import dev.ostiary.authorization.audit.AuditEvent.RefreshReused;
import dev.ostiary.authorization.audit.AuditEvent.RefreshRotated;
import dev.ostiary.authorization.audit.AuditEvent.RevocationRefused;
import dev.ostiary.authorization.audit.AuditEvent.SignInRefused;
import dev.ostiary.authorization.audit.AuditEvent.SigningKeyRotated;
import dev.ostiary.authorization.audit.AuditEvent.StoreBackedUp;
import dev.ostiary.authorization.audit.AuditEvent.StoreRestored;
import dev.ostiary.authorization.audit.AuditEvent.TokenRefused;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One audit event as one line of JSON. Names and fields are an API. */
public final class AuditLine {
  private static final JsonFactory JSON = new JsonFactory();

  /** Longer than any scope or URL that is in use; the rest of it is left out. */
  private static final int LONGEST = 2000;

  private final JsonGenerator json;

  private AuditLine(JsonGenerator json) {
    this.json = json;
  }

  static String of(AuditEvent event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      new AuditLine(json).write(event);
    }
    return line.append('\n').toString();
  }

  private void write(AuditEvent event) {
    json.writeStartObject();
    field("at", event.at().truncatedTo(ChronoUnit.MILLIS));
    field("event", name(event));
    field("request", event.request());
    writeFields(event);
    json.writeEndObject();
  }

  /** What the kind of event is called. */
  public static String name(AuditEvent event) {
    return switch (event) {
      case ClientRegistered _ -> "client.registered";
      case ClientReplaced _ -> "client.replaced";
      case ClientAdded _ -> "client.added";
      case ClientRemoved _ -> "client.removed";
      case SigningKeyRotated _ -> "signing-key.rotated";
      case DataKeyRotated _ -> "data-key.rotated";
      case StoreBackedUp _ -> "store.backed-up";
      case StoreRestored _ -> "store.restored";
      case DocumentRefused _ -> "document.refused";
      case DocumentChanged _ -> "document.changed";
      case AuthorizeRefused _ -> "authorize.refused";
      case ConsentGiven _ -> "consent.given";
      case ConsentRemembered _ -> "consent.remembered";
      case ConsentDenied _ -> "consent.denied";
      case SignInRefused _ -> "sign-in.refused";
      case PasswordRefused _ -> "password.refused";
      case AllowedNameChanged _ -> "allow.name-changed";
      case CallbackRefused _ -> "callback.refused";
      case GrantCreated _ -> "grant.created";
      case CodeRedeemed _ -> "code.redeemed";
      case CodeReplayed _ -> "code.replayed";
      case RefreshRotated _ -> "refresh.rotated";
      case RefreshRepeated _ -> "refresh.repeated";
      case RefreshReused _ -> "refresh.reused";
      case GrantEnded _ -> "grant.ended";
      case AccessTokenRevoked _ -> "access-token.revoked";
      case TokenRefused _ -> "token.refused";
      case RevocationRefused _ -> "revocation.refused";
      case IntrospectionRefused _ -> "introspection.refused";
      case EventsOmitted _ -> "events.omitted";
      case CallRefused _ -> "call.refused";
    };
  }

  private void writeFields(AuditEvent event) {
    switch (event) {
      case ClientRegistered(var _, var _, ClientId client, String clientName) -> {
        field("client", client);
        field("client_name", clientName);
      }
      case ClientReplaced(var _, var _, ClientId client, String clientName) -> {
        field("client", client);
        field("client_name", clientName);
      }
      case ClientAdded(var _, var _, ClientId client, String clientName) -> {
        field("client", client);
        field("client_name", clientName);
      }
      case SigningKeyRotated(var _, var _, String key, Instant signsFrom, var by) -> {
        field("key", key);
        field("signs_from", signsFrom);
        field("by", by.name().toLowerCase(Locale.ROOT));
      }
      case DataKeyRotated(var _, var _, String key, var by) -> {
        field("key", key);
        field("by", by.name().toLowerCase(Locale.ROOT));
      }
      case ClientRemoved(var _, var _, ClientId client, var by) -> {
        field("client", client);
        field("by", by.name().toLowerCase(Locale.ROOT));
      }
      case StoreBackedUp(var _, var _, String file) -> field("file", file);
      case StoreRestored(var _, var _, String file) -> field("file", file);
      case DocumentRefused(var _, var _, ClientId client, String reason) -> {
        field("client", client);
        field("reason", reason);
      }
      case DocumentChanged(var _, var _, ClientId client, var changed) -> {
        field("client", client);
        field("changed", String.join(" ", changed));
      }
      case AuthorizeRefused(var _, var _, String client, String reason, String detail) -> {
        write(client, reason);
        field("detail", detail);
      }
      case ConsentGiven given -> write(given);
      case ConsentRemembered remembered -> write(remembered);
      case ConsentDenied(var _, var _, ClientId client) -> field("client", client);
      case SignInRefused refused -> write(refused);
      case PasswordRefused(var _, var _, String userName, String reason) -> {
        field("user_name", userName);
        field("reason", reason);
      }
      case AllowedNameChanged changed -> write(changed);
      case CallbackRefused _ -> {}
      case GrantCreated created -> write(created);
      case CodeRedeemed(var _, var _, GrantId grant, ClientId client) -> write(grant, client);
      case CodeReplayed(var _, var _, GrantId grant, ClientId client) -> write(grant, client);
      case RefreshRotated(var _, var _, GrantId grant, ClientId client) -> write(grant, client);
      case RefreshRepeated(var _, var _, GrantId grant, ClientId client) -> write(grant, client);
      case RefreshReused(var _, var _, GrantId grant, ClientId client) -> write(grant, client);
      case GrantEnded(var _, var _, GrantId grant, var reason) -> {
        field("grant", grant);
        field("reason", reason.name().toLowerCase(Locale.ROOT));
      }
      case AccessTokenRevoked(var _, var _, GrantId grant, ClientId client) -> write(grant, client);
      case TokenRefused(var _, var _, String client, String reason) -> write(client, reason);
      case RevocationRefused(var _, var _, String client, String reason) -> write(client, reason);
      case IntrospectionRefused(var _, var _, String client, String reason) ->
          write(client, reason);
      case CallRefused(var _, var _, String server, String reason) -> {
        field("server", server);
        field("reason", reason);
      }
      case EventsOmitted(var _, var _, String of, long count) -> {
        field("of", of);
        field("count", count);
      }
    }
  }

  private void write(ConsentGiven given) {
    field("client", given.client());
    field("redirect_host", given.redirectHost());
    field("resource", given.resource());
    field("scope", given.scopes().toWire());
  }

  private void write(ConsentRemembered remembered) {
    field("client", remembered.client());
    field("subject", remembered.subject().value());
    field("redirect_host", remembered.redirectHost());
    field("resource", remembered.resource());
    field("scope", remembered.scopes().toWire());
  }

  private void write(SignInRefused refused) {
    field("client", refused.client());
    field("reason", refused.reason());
    field("subject", refused.subject());
    field("user_name", refused.userName());
    field("lacks", refused.lacks());
  }

  private void write(AllowedNameChanged changed) {
    field("kind", changed.kind().name().toLowerCase(Locale.ROOT));
    field("name", changed.name());
    field("was", changed.was());
    field("is", changed.is());
  }

  private void write(GrantCreated created) {
    write(created.grant(), created.client());
    field("subject", created.subject().value());
    field("user_name", created.userName());
    field("resource", created.resource());
    field("scope", created.scopes().toWire());
  }

  private void write(GrantId grant, ClientId client) {
    field("grant", grant);
    field("client", client);
  }

  private void write(String client, String reason) {
    field("client", client);
    field("reason", reason);
  }

  private void field(String name, Object value) {
    String text = value.toString();
    json.writeStringProperty(
        name, text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
  }
}
