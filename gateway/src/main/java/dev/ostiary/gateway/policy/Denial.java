package dev.ostiary.gateway.policy;

/** Why a message is refused that no further scope would help. */
public sealed interface Denial {
  /** The policy denies it to every caller, or has no rule for it. */
  record Tool(String name) implements Denial {}

  /** The tool may change something, as far as is known, and only reading is allowed. */
  record NotReadOnly(String name) implements Denial {}

  /** See {@link Tool}. */
  record Prompt(String name) implements Denial {}

  /** See {@link Tool}. */
  record Resource(String uri) implements Denial {}

  /** See {@link Tool}. */
  record Method(String name) implements Denial {}

  /** It does not say clearly what it is about. */
  record Unclear(String why) implements Denial {}
}
