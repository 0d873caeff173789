package dev.ostiary.gateway.policy;

import java.util.ArrayList;
import java.util.List;

/** Puts a policy together. What no rule is about is denied unless something else is said. */
public final class PolicyBuilder {
  private final List<OfferedScope> scopes = new ArrayList<>();
  private final List<Rule> tools = new ArrayList<>();
  private final List<Rule> resources = new ArrayList<>();
  private final List<Rule> prompts = new ArrayList<>();
  private final List<Rule> methods = new ArrayList<>();
  private RequiredScopes otherwise = RequiredScopes.DENIED;
  private Listed listed = Listed.REACHABLE;
  private boolean readOnly;

  PolicyBuilder() {}

  public PolicyBuilder scope(OfferedScope scope) {
    scopes.add(scope);
    return this;
  }

  /** A rule for tools, whose name may have {@code *} in it. */
  public PolicyBuilder tool(String name, RequiredScopes need) {
    return tool(Rule.of(name, need));
  }

  public PolicyBuilder tool(Rule rule) {
    tools.add(rule);
    return this;
  }

  /** A rule for resources, whose URI may have {@code *} in it. */
  public PolicyBuilder resource(String uri, RequiredScopes need) {
    return resource(Rule.of(uri, need));
  }

  public PolicyBuilder resource(Rule rule) {
    resources.add(rule);
    return this;
  }

  public PolicyBuilder prompt(String name, RequiredScopes need) {
    return prompt(Rule.of(name, need));
  }

  public PolicyBuilder prompt(Rule rule) {
    prompts.add(rule);
    return this;
  }

  public PolicyBuilder method(String name, RequiredScopes need) {
    return method(Rule.of(name, need));
  }

  public PolicyBuilder method(Rule rule) {
    methods.add(rule);
    return this;
  }

  /** What is needed where no rule holds. */
  public PolicyBuilder otherwise(RequiredScopes need) {
    otherwise = need;
    return this;
  }

  public PolicyBuilder listed(Listed what) {
    listed = what;
    return this;
  }

  public PolicyBuilder readOnly(boolean only) {
    readOnly = only;
    return this;
  }

  /**
   * The policy.
   *
   * @throws IllegalArgumentException if a rule needs a scope that is not offered
   */
  public Policy build() {
    return new Policy(
        scopes,
        Rules.of(tools),
        Rules.of(resources),
        Rules.of(prompts),
        Rules.of(methods),
        otherwise,
        listed,
        readOnly);
  }
}
