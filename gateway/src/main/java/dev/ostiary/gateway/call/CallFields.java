package dev.ostiary.gateway.call;

import dev.ostiary.gateway.token.Credentials;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.McpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields that decide about a call, found in one pass. */
final class CallFields {
  private @Nullable String origin;
  private @Nullable String host;
  private @Nullable String contentType;
  private @Nullable String protocolVersion;
  private @Nullable String method;
  private @Nullable String name;
  private @Nullable String sessionId;
  private Credentials credentials = Credentials.NONE;
  private boolean authorized;

  CallFields(Headers headers) {
    List<Headers.Field> fields = headers.fields();
    for (int i = 0; i < fields.size(); i++) {
      read(fields.get(i).name(), fields.get(i).value());
    }
  }

  /** Told apart by their lengths first. */
  private void read(String field, String value) {
    switch (field.length()) {
      case 4 -> host = field.equalsIgnoreCase("host") ? joined(host, value) : host;
      case 6 -> origin = field.equalsIgnoreCase("origin") ? joined(origin, value) : origin;
      case 8 -> name = field.equalsIgnoreCase("mcp-name") ? joined(name, value) : name;
      case 10 -> method = field.equalsIgnoreCase("mcp-method") ? joined(method, value) : method;
      case 12 ->
          contentType =
              field.equalsIgnoreCase("content-type") ? joined(contentType, value) : contentType;
      case 13 -> authorize(field, value);
      case 14 ->
          sessionId =
              field.equalsIgnoreCase("mcp-session-id") ? joined(sessionId, value) : sessionId;
      case 20 ->
          protocolVersion =
              field.equalsIgnoreCase("mcp-protocol-version")
                  ? joined(protocolVersion, value)
                  : protocolVersion;
      default -> {}
    }
  }

  private void authorize(String field, String value) {
    if (!field.equalsIgnoreCase("authorization")) {
      return;
    }
    credentials =
        authorized
            ? new Credentials.Malformed("Authorization must be there once")
            : Credentials.parse(value.strip());
    authorized = true;
  }

  private static String joined(@Nullable String before, String value) {
    return before == null ? value.strip() : before + ", " + value.strip();
  }

  @Nullable String origin() {
    return origin;
  }

  @Nullable String host() {
    return host;
  }

  Credentials credentials() {
    return credentials;
  }

  /** Whether the content says that it is JSON, whose encoding is always UTF-8 (RFC 8259 §8.1). */
  boolean isJson() {
    if (contentType == null) {
      return false;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters).strip();
    return type.equalsIgnoreCase("application/json");
  }

  McpHeaders mcp() {
    return new McpHeaders(protocolVersion, method, name, sessionId);
  }
}
