package dev.ostiary.server.operate;

import dev.ostiary.authorization.operate.NewClient;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Subject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an operator wants done, and the HTTP request that says so. */
public sealed interface OperatorRequest {
  /** Adds a client: {@code POST /clients}. */
  record AddClient(NewClient client) implements OperatorRequest {}

  /** Lists every client: {@code GET /clients}. */
  record ListClients() implements OperatorRequest {}

  /** Removes a client and ends its grants: {@code DELETE /clients/}<i>id</i>. */
  record RemoveClient(ClientId client) implements OperatorRequest {}

  /** Lists grants: {@code GET /grants}, with members of the filter as query. */
  record ListGrants(GrantFilter filter) implements OperatorRequest {}

  /** Ends grants: {@code DELETE /grants}; the filter says which, and is never empty. */
  record RevokeGrants(GrantFilter filter) implements OperatorRequest {}

  /** Lists every key: {@code GET /keys}. */
  record ListKeys() implements OperatorRequest {}

  /** Makes a new signing key: {@code POST /keys/signing}. */
  record RotateSigningKey() implements OperatorRequest {}

  /** Makes a new data key: {@code POST /keys/data}. */
  record RotateDataKey() implements OperatorRequest {}

  /** Whether the answer is a list of entries. */
  default boolean isList() {
    return this instanceof ListClients || this instanceof ListGrants || this instanceof ListKeys;
  }

  /**
   * Copies the database: {@code POST /backups}.
   *
   * @param file absolute
   */
  record BackUp(Path file) implements OperatorRequest {}

  /** Reads a request to one of the paths above. The refusal is for the caller. */
  static Result<OperatorRequest, String> parse(Request request) {
    return switch (request.path()) {
      case "/clients" ->
          request.method().equals("POST")
              ? addition(request.body().bytes())
              : Result.ok(new ListClients());
      case "/grants" -> filter(request.query()).then(filter -> grants(request.method(), filter));
      case "/keys" -> Result.ok(new ListKeys());
      case "/keys/signing" -> Result.ok(new RotateSigningKey());
      case "/keys/data" -> Result.ok(new RotateDataKey());
      case "/backups" -> backup(request.body().bytes());
      default -> removal(request.lastSegment());
    };
  }

  private static Result<OperatorRequest, String> grants(String method, GrantFilter filter) {
    if (!method.equals("DELETE")) {
      return Result.ok(new ListGrants(filter));
    }
    return filter.equals(GrantFilter.ALL)
        ? Result.refused("the request does not say which grants")
        : Result.ok(new RevokeGrants(filter));
  }

  private static Result<OperatorRequest, String> backup(byte[] content) {
    ObjectNode message = Json.readObject(content).orElse(null);
    if (message == null || message.size() != 1 || !isText(message.path("file"))) {
      return Result.refused("the request is not a JSON object with a file, and nothing else");
    }
    try {
      Path file = Path.of(message.path("file").stringValue());
      return file.isAbsolute()
          ? Result.ok(new BackUp(file))
          : Result.refused("the file must have an absolute path");
    } catch (InvalidPathException malformed) {
      return Result.refused("the file's name cannot be one");
    }
  }

  private static Result<OperatorRequest, String> removal(String segment) {
    try {
      String id = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
      return Result.ok(new RemoveClient(new ClientId(id)));
    } catch (IllegalArgumentException malformed) {
      return Result.refused("the client's id is not percent-encoded");
    }
  }

  private static Result<OperatorRequest, String> addition(byte[] content) {
    ObjectNode message = Json.readObject(content).orElse(null);
    if (message == null) {
      return Result.refused("the request is not a JSON object");
    }
    Set<String> known = Set.of("client", "client_name", "redirect_uris", "confidential");
    JsonNode id = message.path("client");
    JsonNode name = message.path("client_name");
    JsonNode uris = message.path("redirect_uris");
    JsonNode confidential = message.path("confidential");
    if (!known.containsAll(message.propertyNames())) {
      return Result.refused("the request has a member that does not belong there");
    } else if (!id.isMissingNode() && !isText(id)) {
      return Result.refused("client must be a text");
    } else if (!isText(name)) {
      return Result.refused("client_name must be a text");
    } else if (!uris.isArray() || !uris.valueStream().allMatch(JsonNode::isString)) {
      return Result.refused("redirect_uris must be a list of texts");
    } else if (!confidential.isBoolean() && !confidential.isMissingNode()) {
      return Result.refused("confidential must be true or false");
    }
    return Result.ok(
        new AddClient(
            new NewClient(
                id.isMissingNode() ? null : id.stringValue(),
                name.stringValue(),
                uris.valueStream().map(JsonNode::stringValue).toList(),
                confidential.asBoolean(false))));
  }

  private static boolean isText(JsonNode node) {
    return node.isString() && !node.stringValue().isEmpty();
  }

  /** A parameter that is unknown or empty is refused: without it more grants would be meant. */
  private static Result<GrantFilter, String> filter(String query) {
    boolean known =
        query.isEmpty()
            || Stream.of(query.split("&", -1))
                .allMatch(pair -> pair.matches("(grant|subject|user_name|client)=.+"));
    return known && Parameters.parse(query) instanceof Result.Ok(Parameters parameters)
        ? Result.ok(
            new GrantFilter(
                parameters.first("grant").map(GrantId::new).orElse(null),
                parameters.first("subject").map(Subject::new).orElse(null),
                parameters.first("user_name").orElse(null),
                parameters.first("client").map(ClientId::new).orElse(null)))
        : Result.refused(
            "the query may have one each of grant, subject, user_name and client, with a value");
  }

  /**
   * The request that is read as this.
   *
   * @param patience until the first of the answer
   */
  default OutboundRequest toHttp(Duration patience) {
    String method =
        switch (this) {
          case AddClient _, RotateSigningKey _, RotateDataKey _, BackUp _ -> "POST";
          case ListClients _, ListGrants _, ListKeys _ -> "GET";
          case RemoveClient _, RevokeGrants _ -> "DELETE";
        };
    String target =
        switch (this) {
          case AddClient _, ListClients _ -> "/clients";
          case BackUp _ -> "/backups";
          case RemoveClient(ClientId client) -> "/clients/" + encoded(client.value());
          case ListGrants(GrantFilter filter) -> "/grants" + query(filter);
          case RevokeGrants(GrantFilter filter) -> "/grants" + query(filter);
          case ListKeys _ -> "/keys";
          case RotateSigningKey _ -> "/keys/signing";
          case RotateDataKey _ -> "/keys/data";
        };
    Body.Whole content =
        switch (this) {
          case AddClient(NewClient client) -> content(client);
          case BackUp(Path file) ->
              Body.utf8(Json.write(Json.object().put("file", file.toString())));
          default -> Body.empty();
        };
    return new OutboundRequest(
        method, URI.create("http://localhost" + target), Headers.none(), content, patience);
  }

  private static Body.Whole content(NewClient client) {
    ObjectNode message = Json.object().put("client_name", client.name());
    if (client.id() != null) {
      message.put("client", client.id());
    }
    client.redirectUris().forEach(message.putArray("redirect_uris")::add);
    return Body.utf8(Json.write(message.put("confidential", client.confidential())));
  }

  private static String query(GrantFilter filter) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    put(query, "grant", filter.id());
    put(query, "subject", filter.subject());
    put(query, "user_name", filter.userName());
    put(query, "client", filter.client());
    return query.toString();
  }

  private static void put(StringJoiner query, String name, @Nullable Object value) {
    if (value != null) {
      query.add(name + "=" + encoded(value.toString()));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
