package dev.ostiary.mcp.server;

import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.RpcError;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A server of tools and resources without sessions, in every revision. What it offers is the same
 * for every caller and at all times; whom it serves has been decided before.
 *
 * @param <C> what its tools and resources learn about their caller
 */
public final class McpServer<C> {
  private final ToolCalls<C> tools;
  private final ResourceReads<C> resources;
  private final Map<Revision, Dialect> dialects = new EnumMap<>(Revision.class);
  private final Map<Revision, Listings> listings = new EnumMap<>(Revision.class);

  public McpServer(
      ServerDescription about, List<Tool<C>> tools, List<ResourceTemplate<C>> templates) {
    this.tools = new ToolCalls<>(tools);
    this.resources = new ResourceReads<>(templates);
    for (Revision revision : Revision.values()) {
      Dialect dialect = new Dialect(revision, about);
      dialects.put(revision, dialect);
      listings.put(
          revision, new Listings(dialect, this.tools.definitions(), resources.definitions()));
    }
  }

  /**
   * The answer, if it can be given at once and is the same for every caller: to everything but
   * calls, reads and batches. Does not block.
   */
  public Optional<Answer> atOnce(WellFormed message, Revision revision) {
    return switch (message) {
      case Batch _ -> Optional.empty();
      case Envelope envelope when envelope.kind() != Kind.REQUEST ->
          Optional.of(new Answer.Accepted());
      case Envelope call when calls(call) -> Optional.empty();
      case Envelope request -> Optional.of(listing(request, revision));
    };
  }

  /** The answer. Blocks. */
  public Answer answer(WellFormed message, Revision revision, C caller) {
    return switch (message) {
      case Batch batch -> Batches.answer(batch, element -> answer(element, revision, caller));
      case Envelope envelope when calls(envelope) -> call(envelope, revision, caller);
      case Envelope _ -> atOnce(message, revision).orElseThrow();
    };
  }

  private boolean calls(Envelope envelope) {
    return envelope.kind() == Kind.REQUEST
        && switch (envelope.method()) {
          case "tools/call" -> !tools.isEmpty();
          case "resources/read" -> !resources.isEmpty();
          default -> false;
        };
  }

  private Answer call(Envelope request, Revision revision, C caller) {
    Dialect dialect = Objects.requireNonNull(dialects.get(revision));
    return request.method().equals("tools/call")
        ? tools.call(request, dialect, caller)
        : resources.read(request, dialect, caller);
  }

  private Answer listing(Envelope request, Revision revision) {
    RawJson id = Objects.requireNonNull(request.id());
    byte[] result = listings(request, revision).result(request.method());
    if (result == null) {
      return Responses.error(id, revision.isModern() ? 404 : 200, RpcError.methodNotFound());
    }
    if (request.params().cursor() != null) { // there is never a second page
      return Responses.error(id, 200, RpcError.invalidParams("no such cursor"));
    }
    return Responses.result(id, result);
  }

  /** An {@code initialize} is answered in the revision that it asks for, if there is one. */
  private Listings listings(Envelope request, Revision revision) {
    Revision spoken = revision;
    if (!revision.isModern() && request.method().equals("initialize")) {
      spoken =
          Optional.ofNullable(request.params().protocolVersion())
              .flatMap(Revision::of)
              .filter(asked -> !asked.isModern())
              .orElse(Revision.LATEST_LEGACY);
    }
    return Objects.requireNonNull(listings.get(spoken));
  }
}
