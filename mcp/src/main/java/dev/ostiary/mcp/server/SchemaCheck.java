package dev.ostiary.mcp.server;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a value conforms to a JSON Schema, of 2020-12 unless it names another dialect. Nothing is
 * fetched for it: a reference that leaves the schema is an error, and so is an unknown dialect.
 */
final class SchemaCheck {
  private static final int SHOWN = 5;

  private final ObjectNode source;
  private volatile @Nullable Schema schema;

  SchemaCheck(ObjectNode source) {
    this.source = source;
  }

  /** What is wrong with the value, for people; null if nothing is. */
  @Nullable String complaint(ObjectNode value) {
    List<Error> errors = schema().validate(value);
    if (errors.isEmpty()) {
      return null;
    }
    StringJoiner text = new StringJoiner("; ");
    errors.stream().limit(SHOWN).forEach(error -> text.add(text(error)));
    return text.toString();
  }

  private static String text(Error error) {
    String where = error.getInstanceLocation().toString();
    return where.isEmpty() ? error.getMessage() : where + ": " + error.getMessage();
  }

  /**
   * The schema made ready at its first use: the library takes some 50 ms to load, which a start
   * does not have.
   */
  private Schema schema() {
    Schema ready = schema;
    if (ready == null) {
      ready =
          SchemaRegistry.withDefaultDialect(
                  SpecificationVersion.DRAFT_2020_12,
                  builder ->
                      builder.schemaRegistryConfig(
                          SchemaRegistryConfig.builder().locale(Locale.ROOT).build()))
              .getSchema(source);
      schema = ready;
    }
    return ready;
  }
}
