package dev.ostiary.gateway.policy;

import dev.ostiary.config.Node;
import dev.ostiary.mcp.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A policy written in JSON, which is YAML too. */
final class PolicyJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser parser;

  private PolicyJson(JsonParser parser) {
    this.parser = parser;
  }

  static Node read(InputStream text) throws IOException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return new PolicyJson(parser).value();
    }
  }

  private Node value() {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> table(line);
      case START_ARRAY -> items(line);
      case VALUE_NULL -> new Node.Nothing(line);
      default -> new Node.Value(parser.getString(), scalar(), line);
    };
  }

  private Node table(int line) {
    Map<String, Node> values = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      values.put(name, value());
    }
    return new Node.Table(values, line);
  }

  private Node items(int line) {
    List<Node> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value());
    }
    return new Node.Items(values, line);
  }

  private Scalar scalar() {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> new Scalar.Truth(true);
      case VALUE_FALSE -> new Scalar.Truth(false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Scalar.Quantity(new BigDecimal(parser.getString()));
      default -> new Scalar.Text(parser.getString());
    };
  }
}
