package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Arguments;
import dev.ostiary.mcp.ListEntry;
import dev.ostiary.mcp.ListFilter;
import dev.ostiary.mcp.ListMethod;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges calls by a policy: by their content alone, for what their headers repeat is only a copy
 * (MCP, Streamable HTTP). It remembers nothing of earlier calls; what the server's own lists say of
 * its tools is given to it.
 */
public final class PolicyEvaluator {
  private static final Set<String> READS =
      Set.of("initialize", "ping", "server/discover", "resources/read", "prompts/get");

  private final Policy policy;
  private final boolean showsAll;

  public PolicyEvaluator(Policy policy) {
    this.policy = policy;
    this.showsAll = !policy.readOnly() && policy.hidesNothing();
  }

  /** Decides about all of a message. */
  public Verdict judge(WellFormed message, Scopes held, ReadOnlyHints hints) {
    HeldScopes holder = new HeldScopes(policy, held, hints);
    Map<Envelope, Denial> denials = new LinkedHashMap<>();
    switch (message) {
      case Envelope envelope -> judge(envelope, holder, denials);
      case Batch(List<Envelope> messages, _) ->
          messages.forEach(envelope -> judge(envelope, holder, denials));
    }
    if (!denials.isEmpty()) {
      return new Verdict.Denied(denials);
    }
    return holder.isMissing()
        ? new Verdict.ScopeMissing(holder.needed())
        : new Verdict.Allowed(new Judged(message));
  }

  /** What a caller with these scopes may see of what answers the message; empty to show it all. */
  public Optional<ListFilter> listFilter(WellFormed message, Scopes held, ReadOnlyHints hints) {
    if (showsAll) {
      return Optional.empty();
    }
    HeldScopes holder = new HeldScopes(policy, held, hints);
    return ListFilter.of(message, entry -> isShown(entry, holder));
  }

  /** The same for a stream of which it is not known what it answers. */
  public Optional<ListFilter> streamFilter(Scopes held, ReadOnlyHints hints) {
    if (showsAll) {
      return Optional.empty();
    }
    HeldScopes holder = new HeldScopes(policy, held, hints);
    return Optional.of(ListFilter.ofAnything(entry -> isShown(entry, holder)));
  }

  private void judge(Envelope envelope, HeldScopes holder, Map<Envelope, Denial> denials) {
    try {
      for (RequestedAccess asked : RequestedAccess.of(envelope, policy)) {
        Denial denial = judge(asked, holder);
        if (denial != null) {
          denials.put(envelope, denial);
        }
      }
    } catch (Arguments.Unsound unsound) {
      denials.put(envelope, new Denial.Unclear(unsound.why()));
    }
  }

  private @Nullable Denial judge(RequestedAccess asked, HeldScopes holder)
      throws Arguments.Unsound {
    return switch (asked) {
      case RequestedAccess.Tool(String name, var arguments) -> {
        if (!holder.needs(policy.tools().needs(name, arguments))) {
          yield new Denial.Tool(name);
        }
        yield policy.readOnly() ? notReadOnly(name, holder.hints()) : null;
      }
      case RequestedAccess.Prompt(String name, var arguments) ->
          holder.needs(policy.prompts().needs(name, arguments)) ? null : new Denial.Prompt(name);
      case RequestedAccess.Resource(String uri) ->
          isAllowed(uri, holder) ? null : new Denial.Resource(uri);
      case RequestedAccess.Template(String template) ->
          isTemplateAllowed(template, holder) ? null : new Denial.Resource(template);
      case RequestedAccess.Method(String name) ->
          holder.needs(policy.methods().needs(name, null)) ? null : new Denial.Method(name);
    };
  }

  /** Where there are rules for resources, only a URI in the one form can be held against them. */
  private boolean isAllowed(String uri, HeldScopes holder) throws Arguments.Unsound {
    if (policy.resources().isEmpty()) {
      return holder.needs(List.of());
    }
    return ResourceUri.judged(uri) instanceof Result.Ok<String, String>(String judged)
        && holder.needs(policy.resources().needs(judged, null));
  }

  private boolean isTemplateAllowed(String template, HeldScopes holder) {
    if (policy.resources().isEmpty()) {
      return holder.needs(List.of());
    }
    return ResourceUri.isTemplate(template)
        && holder.needs(policy.resources().templateNeeds(template, policy.otherwise()));
  }

  private boolean isShownResource(String uri, HeldScopes holder) {
    if (policy.resources().isEmpty()) {
      return holder.sees(policy.otherwise());
    }
    return ResourceUri.judged(uri) instanceof Result.Ok<String, String>(String judged)
        && policy.resources().mayNeed(judged, holder::sees, policy.otherwise());
  }

  private boolean isShown(ListEntry entry, HeldScopes holder) {
    String key = entry.key();
    if (entry.list() == ListMethod.TOOLS) {
      holder.hints().note(key, ReadOnlyHints.Hint.of(entry));
      if (policy.readOnly() && notReadOnly(key, holder.hints()) != null) {
        return false;
      }
    }
    if (policy.listed() == Listed.ALL) {
      return true;
    }
    RequiredScopes otherwise = policy.otherwise();
    return switch (entry.list()) {
      case TOOLS -> policy.tools().mayNeed(key, holder::sees, otherwise);
      case PROMPTS -> policy.prompts().mayNeed(key, holder::sees, otherwise);
      case RESOURCES -> isShownResource(key, holder);
      case RESOURCE_TEMPLATES -> policy.resources().templateMayNeed(key, holder::sees, otherwise);
    };
  }

  /** The policy's word counts before the server's. */
  private @Nullable Denial notReadOnly(String tool, ReadOnlyHints hints) {
    Boolean written = policy.tools().readOnly(tool);
    Boolean known = written == null ? hints.readOnly(tool) : written;
    if (known == null) {
      return new Denial.Tool(tool);
    }
    return known ? null : new Denial.NotReadOnly(tool);
  }

  /** Whether the server's list of tools should be read before the message is judged. */
  public boolean asksOfTools(WellFormed message, ReadOnlyHints hints, Instant now) {
    return marked(message).anyMatch(tool -> hints.isToBeRead(tool, now));
  }

  /** Whether something is known of all tools that the message calls, be it old. */
  public boolean knowsTools(WellFormed message, ReadOnlyHints hints) {
    return marked(message).allMatch(tool -> hints.readOnly(tool) != null);
  }

  /**
   * Whether a message that may have been done already may be sent again: it only reads, or does the
   * same when it is done twice. Null if the server's list of tools would have to tell.
   */
  public @Nullable Boolean isRepeatable(WellFormed message, ReadOnlyHints hints) {
    boolean known = true;
    for (Envelope envelope : envelopes(message)) {
      Boolean repeatable = isRepeatable(envelope, hints);
      if (Boolean.FALSE.equals(repeatable)) {
        return false;
      }
      known &= repeatable != null;
    }
    return known ? Boolean.TRUE : null;
  }

  private @Nullable Boolean isRepeatable(Envelope envelope, ReadOnlyHints hints) {
    String method = envelope.method();
    if (policy.readOnly() || READS.contains(method) || ListMethod.of(method) != null) {
      return true;
    }
    String tool = envelope.params().name();
    if (!method.equals("tools/call") || tool == null) {
      return false;
    }
    if (Boolean.TRUE.equals(policy.tools().readOnly(tool))) {
      return true;
    }
    return hints.repeatable(tool);
  }

  private static List<Envelope> envelopes(WellFormed message) {
    return switch (message) {
      case Envelope envelope -> List.of(envelope);
      case Batch(List<Envelope> messages, _) -> messages;
    };
  }

  /** The called tools that are judged by what the server says of them. */
  private Stream<String> marked(WellFormed message) {
    if (!policy.readOnly()) {
      return Stream.empty();
    }
    return envelopes(message).stream()
        .filter(envelope -> envelope.method().equals("tools/call"))
        .map(envelope -> envelope.params().name())
        .filter(Objects::nonNull)
        .filter(tool -> policy.tools().readOnly(tool) == null);
  }

  /** A message of our own, which no rule is about: it lists the tools, for us alone. */
  public static Judged own(WellFormed list) {
    if (!(list instanceof Envelope envelope)
        || !envelope.method().equals(ListMethod.TOOLS.method())) {
      throw new IllegalArgumentException("not tools/list");
    }
    return new Judged(list);
  }

  /**
   * A message that follows from one that was judged, in another revision's words. It may use no
   * tool, prompt or resource that the other does not use, and no method that a rule is about.
   *
   * @param basis null if there is none, so that it may use nothing of that kind
   * @throws IllegalStateException if it would
   */
  public static Judged translated(WellFormed message, @Nullable Judged basis) {
    Set<String> allowed = basis == null ? Set.of() : TranslatedAccess.allowedBy(basis.message());
    Set<String> used = TranslatedAccess.of(message);
    if (!allowed.containsAll(used)) {
      throw new IllegalStateException("a translation asks for more than was allowed");
    }
    return new Judged(message);
  }

  /** Several messages of one caller, each of which was allowed: what follows from all of them. */
  public static Judged together(List<Judged> allowed) {
    String batch =
        allowed.stream()
            .map(each -> new String(each.octets(), StandardCharsets.UTF_8))
            .collect(Collectors.joining(",", "[", "]"));
    if (!(Message.scan(batch.getBytes(StandardCharsets.UTF_8)) instanceof WellFormed all)) {
      throw new IllegalStateException("messages that cannot be read together");
    }
    return new Judged(all);
  }
}
