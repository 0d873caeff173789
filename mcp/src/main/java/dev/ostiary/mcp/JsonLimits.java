package dev.ostiary.mcp;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** How much a JSON text may ask of its reader, beyond the length that the binding allows. */
public final class JsonLimits {
  /** Objects and arrays within each other. */
  public static final int DEPTH = 64;

  private static final int STRING_LENGTH = 4 * 1024 * 1024;
  private static final int NUMBER_LENGTH = 100;
  private static final int NAME_LENGTH = 1024;

  private JsonLimits() {}

  /** For reading as it comes. */
  static JsonFactory streaming() {
    return JsonFactory.builder().streamReadConstraints(constraints()).build();
  }

  /** For reading into a tree: the limits, and no member twice (RFC 8259 §4 leaves that open). */
  public static JsonMapper trees() {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(constraints())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build())
        .build();
  }

  private static StreamReadConstraints constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(DEPTH)
        .maxStringLength(STRING_LENGTH)
        .maxNumberLength(NUMBER_LENGTH)
        .maxNameLength(NAME_LENGTH)
        .build();
  }
}
