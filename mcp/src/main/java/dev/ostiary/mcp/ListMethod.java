package dev.ostiary.mcp;

import org.jspecify.annotations.Nullable;

/** A method that lists what a server offers. */
public enum ListMethod {
  TOOLS("tools/list", "tools", "name"),
  PROMPTS("prompts/list", "prompts", "name"),
  RESOURCES("resources/list", "resources", "uri"),
  RESOURCE_TEMPLATES("resources/templates/list", "resourceTemplates", "uriTemplate");

  private final String method;
  private final String member;
  private final String key;

  ListMethod(String method, String member, String key) {
    this.method = method;
    this.member = member;
    this.key = key;
  }

  /** The method of this name, or null if it lists nothing. */
  public static @Nullable ListMethod of(String method) {
    for (ListMethod each : values()) {
      if (each.method.equals(method)) {
        return each;
      }
    }
    return null;
  }

  /** The list whose entries are this member of the result, or null. */
  static @Nullable ListMethod ofMember(String member) {
    for (ListMethod each : values()) {
      if (each.member.equals(member)) {
        return each;
      }
    }
    return null;
  }

  /** As it stands in a request. */
  public String method() {
    return method;
  }

  /** The member of a result that has the entries. */
  String member() {
    return member;
  }

  /** The member of an entry that tells it from the others. */
  String key() {
    return key;
  }
}
