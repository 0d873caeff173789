package dev.ostiary.mcp;

import org.jspecify.annotations.Nullable;

/**
 * What decides about a message among its {@code params}; everything else stays bytes. A value is
 * null when it is absent or not of its type.
 *
 * @param name of a tool or prompt
 * @param uri of a resource
 * @param cursor into a list
 * @param taskId of a task (extension io.modelcontextprotocol/tasks)
 * @param protocolVersion what {@code initialize} asks for
 * @param arguments of a tool or prompt
 * @param reference what {@code completion/complete} is about: its {@code ref}
 * @param notifications what {@code subscriptions/listen} asks to hear of
 */
public record Params(
    @Nullable String name,
    @Nullable String uri,
    @Nullable String cursor,
    @Nullable String taskId,
    @Nullable String protocolVersion,
    @Nullable RawJson arguments,
    @Nullable RawJson reference,
    @Nullable RawJson notifications,
    @Nullable Meta meta) {
  static final Params NONE = new Params(null, null, null, null, null, null, null, null, null);

  /** Whether arguments are absent or a JSON object. */
  public boolean hasArgumentsOfAnObject() {
    return arguments == null || arguments.isObject();
  }

  /** Whether the {@code _meta} of the modern era is there, as far as to name a revision. */
  public boolean isModern() {
    return meta != null && meta.protocolVersion() != null;
  }

  /**
   * The {@code _meta} of a request.
   *
   * @param clientCapabilities whether they are there, as an object
   */
  public record Meta(@Nullable String protocolVersion, boolean clientCapabilities) {}
}
