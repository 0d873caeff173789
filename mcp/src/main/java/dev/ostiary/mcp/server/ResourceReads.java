package dev.ostiary.mcp.server;

import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** The resources of a server, and {@code resources/read}. */
final class ResourceReads<C> {
  private final List<ResourceTemplate<C>> templates;

  ResourceReads(List<ResourceTemplate<C>> templates) {
    this.templates = List.copyOf(templates);
  }

  boolean isEmpty() {
    return templates.isEmpty();
  }

  List<ResourceTemplateDefinition> definitions() {
    return templates.stream().map(ResourceTemplate::definition).toList();
  }

  /** Asks each family in turn, until one has it. */
  Answer read(Envelope request, Dialect dialect, C caller) {
    RawJson id = Objects.requireNonNull(request.id());
    String uri = request.params().uri();
    if (uri == null) {
      return Responses.error(id, 200, RpcError.invalidParams("uri is missing"));
    }
    for (ResourceTemplate<C> template : templates) {
      switch (template.read(uri, caller)) {
        case ResourceTemplate.Outcome.Found(String text) -> {
          String mimeType = template.definition().mimeType();
          return Responses.result(id, dialect.fleeting(contents(uri, mimeType, text)));
        }
        case ResourceTemplate.Outcome.NotFound _ -> {}
        case ResourceTemplate.Outcome.Failed(String text) -> {
          return Responses.error(id, 200, RpcError.internal(text));
        }
        case ResourceTemplate.Outcome.SignInAgain _ -> {
          return new Answer.SignInAgain();
        }
      }
    }
    return Responses.error(id, 200, RpcError.resourceNotFound(dialect.revision(), uri));
  }

  private static ObjectNode contents(String uri, String mimeType, String text) {
    ObjectNode result = Dialect.object();
    result
        .putArray("contents")
        .addObject()
        .put("uri", uri)
        .put("mimeType", mimeType)
        .put("text", text);
    return result;
  }
}
