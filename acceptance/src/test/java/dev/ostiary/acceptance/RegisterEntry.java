package dev.ostiary.acceptance;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** One requirement of the register. */
record RegisterEntry(
    String id,
    Level level,
    @Nullable Era era,
    @Nullable String first,
    @Nullable String last,
    Who who,
    String wording,
    String source,
    Status status,
    @Nullable String reason) {

  /** The specification's keyword. */
  enum Level {
    MUST,
    SHOULD,
    MAY
  }

  /** Which of the two ways of speaking MCP a requirement is about. */
  enum Era {
    @JsonProperty("modern")
    MODERN,
    @JsonProperty("legacy")
    LEGACY,
    @JsonProperty("both")
    BOTH
  }

  /** Whose duty it is. */
  enum Who {
    @JsonProperty("client")
    CLIENT,
    @JsonProperty("authorization-server")
    AUTHORIZATION_SERVER,
    @JsonProperty("resource-server")
    RESOURCE_SERVER,
    @JsonProperty("both")
    BOTH
  }

  /** What Ostiary has of it. */
  enum Status {
    @JsonProperty("implemented")
    IMPLEMENTED,
    @JsonProperty("not-yet")
    NOT_YET,
    @JsonProperty("not-applicable")
    NOT_APPLICABLE;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
