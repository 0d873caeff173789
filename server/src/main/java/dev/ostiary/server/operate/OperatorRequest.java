package dev.ostiary.server.operate;

import dev.ostiary.authorization.operate.NewClient;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Subject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an operator wants done. */
public sealed interface OperatorRequest {
  /** Adds a client. */
  record AddClient(NewClient client) implements OperatorRequest {}

  /** Lists every client. */
  record ListClients() implements OperatorRequest {}

  /** Removes a client and ends its grants. */
  record RemoveClient(ClientId client) implements OperatorRequest {}

  /** Lists grants. */
  record ListGrants(GrantFilter filter) implements OperatorRequest {}

  /** Ends grants; the filter says which, and is never empty. */
  record RevokeGrants(GrantFilter filter) implements OperatorRequest {}

  /** Reads the message of a request. The refusal is for who sent it. */
  static Result<OperatorRequest, String> parse(ObjectNode message) {
    Members members = new Members(message);
    String operation = members.text("operation");
    OperatorRequest request =
        switch (operation) {
          case "clients.add" -> new AddClient(client(members));
          case "clients.list" -> new ListClients();
          case "clients.remove" -> new RemoveClient(new ClientId(members.text("client")));
          case "grants.list" -> new ListGrants(filter(members));
          case "grants.revoke" -> new RevokeGrants(filter(members));
          case null, default -> null;
        };
    if (request == null) {
      return Result.refused("the request names no operation that there is");
    }
    if (request instanceof RevokeGrants(GrantFilter filter) && filter.equals(GrantFilter.ALL)) {
      return Result.refused("the request does not say which grants");
    }
    return members
        .problem()
        .<Result<OperatorRequest, String>>map(Result::refused)
        .orElseGet(() -> Result.ok(request));
  }

  /** The message that is read as this request. */
  default ObjectNode toMessage() {
    ObjectNode message = Messages.object();
    switch (this) {
      case AddClient(NewClient client) -> {
        message.put("operation", "clients.add").put("client_name", client.name());
        put(message, "client", client.id());
        client.redirectUris().forEach(message.putArray("redirect_uris")::add);
        message.put("confidential", client.confidential());
      }
      case ListClients() -> message.put("operation", "clients.list");
      case RemoveClient(ClientId client) ->
          message.put("operation", "clients.remove").put("client", client.value());
      case ListGrants(GrantFilter filter) -> put(message.put("operation", "grants.list"), filter);
      case RevokeGrants(GrantFilter filter) ->
          put(message.put("operation", "grants.revoke"), filter);
    }
    return message;
  }

  private static NewClient client(Members members) {
    return new NewClient(
        members.textOrNull("client"),
        members.text("client_name"),
        members.texts("redirect_uris"),
        members.flag("confidential"));
  }

  private static GrantFilter filter(Members members) {
    String id = members.textOrNull("grant");
    String subject = members.textOrNull("subject");
    String client = members.textOrNull("client");
    return new GrantFilter(
        id == null ? null : new GrantId(id),
        subject == null ? null : new Subject(subject),
        members.textOrNull("user_name"),
        client == null ? null : new ClientId(client));
  }

  private static void put(ObjectNode message, GrantFilter filter) {
    put(message, "grant", filter.id());
    put(message, "subject", filter.subject());
    put(message, "user_name", filter.userName());
    put(message, "client", filter.client());
  }

  private static void put(ObjectNode message, String name, @Nullable Object value) {
    if (value != null) {
      message.put(name, value.toString());
    }
  }
}
