package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Arguments;
import dev.ostiary.mcp.ListEntry;
import dev.ostiary.mcp.ListFilter;
import dev.ostiary.mcp.ListMethod;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges calls by a policy: by their content alone, for what their headers repeat is only a copy
 * (MCP, Streamable HTTP). It remembers nothing of earlier calls but what the server's own lists say
 * of its tools.
 */
public final class Guard {
  private final Policy policy;
  private final ToolMarks marks;
  private final boolean showsAll;

  public Guard(Policy policy, ToolMarks marks) {
    this.policy = policy;
    this.marks = marks;
    this.showsAll = !policy.readOnly() && policy.hidesNothing();
  }

  /** Decides about all of a message. */
  public Verdict judge(WellFormed message, Scopes held) {
    Holder holder = new Holder(policy, held);
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
  public Optional<ListFilter> listFilter(WellFormed message, Scopes held) {
    if (showsAll) {
      return Optional.empty();
    }
    Holder holder = new Holder(policy, held);
    return ListFilter.of(message, entry -> isShown(entry, holder));
  }

  /** The same for a stream of which it is not known what it answers. */
  public Optional<ListFilter> streamFilter(Scopes held) {
    if (showsAll) {
      return Optional.empty();
    }
    Holder holder = new Holder(policy, held);
    return Optional.of(ListFilter.ofAnything(entry -> isShown(entry, holder)));
  }

  private void judge(Envelope envelope, Holder holder, Map<Envelope, Denial> denials) {
    try {
      for (Asked asked : Asked.of(envelope, policy)) {
        Denial denial = judge(asked, holder);
        if (denial != null) {
          denials.put(envelope, denial);
        }
      }
    } catch (Arguments.Unsound unsound) {
      denials.put(envelope, new Denial.Unclear(unsound.why()));
    }
  }

  private @Nullable Denial judge(Asked asked, Holder holder) throws Arguments.Unsound {
    return switch (asked) {
      case Asked.Tool(String name, var arguments) -> {
        if (!holder.needs(policy.tools().needs(name, arguments))) {
          yield new Denial.Tool(name);
        }
        yield policy.readOnly() && !isReadOnly(name) ? new Denial.NotReadOnly(name) : null;
      }
      case Asked.Prompt(String name, var arguments) ->
          holder.needs(policy.prompts().needs(name, arguments)) ? null : new Denial.Prompt(name);
      case Asked.Resource(String uri) -> isAllowed(uri, holder) ? null : new Denial.Resource(uri);
      case Asked.Template(String template) ->
          isTemplateAllowed(template, holder) ? null : new Denial.Resource(template);
      case Asked.Method(String name) ->
          holder.needs(policy.methods().needs(name, null)) ? null : new Denial.Method(name);
    };
  }

  /** Where there are rules for resources, only a URI in the one form can be held against them. */
  private boolean isAllowed(String uri, Holder holder) throws Arguments.Unsound {
    if (policy.resources().isEmpty()) {
      return holder.needs(List.of());
    }
    return ResourceUri.judged(uri) instanceof Result.Ok<String, String>(String judged)
        && holder.needs(policy.resources().needs(judged, null));
  }

  private boolean isTemplateAllowed(String template, Holder holder) {
    if (policy.resources().isEmpty()) {
      return holder.needs(List.of());
    }
    return ResourceUri.isTemplate(template)
        && holder.needs(policy.resources().templateNeeds(template, policy.otherwise()));
  }

  private boolean isShownResource(String uri, Holder holder) {
    if (policy.resources().isEmpty()) {
      return holder.sees(policy.otherwise());
    }
    return ResourceUri.judged(uri) instanceof Result.Ok<String, String>(String judged)
        && policy.resources().mayNeed(judged, holder::sees, policy.otherwise());
  }

  private boolean isShown(ListEntry entry, Holder holder) {
    String key = entry.key();
    if (entry.list() == ListMethod.TOOLS) {
      marks.note(key, Boolean.TRUE.equals(entry.readOnly()));
      if (policy.readOnly() && !isReadOnly(key)) {
        return false;
      }
    }
    if (policy.listed() == Listed.ALL) {
      return true;
    }
    Need otherwise = policy.otherwise();
    return switch (entry.list()) {
      case TOOLS -> policy.tools().mayNeed(key, holder::sees, otherwise);
      case PROMPTS -> policy.prompts().mayNeed(key, holder::sees, otherwise);
      case RESOURCES -> isShownResource(key, holder);
      case RESOURCE_TEMPLATES -> policy.resources().templateMayNeed(key, holder::sees, otherwise);
    };
  }

  /** The policy's word counts before the server's. */
  private boolean isReadOnly(String tool) {
    Boolean written = policy.tools().readOnly(tool);
    return Boolean.TRUE.equals(written == null ? marks.readOnly(tool) : written);
  }
}
