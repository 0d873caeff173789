package dev.ostiary.server.config;

import dev.ostiary.config.Node;
import dev.ostiary.config.Problem;
import dev.ostiary.mcp.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads YAML into nodes. Aliases and several documents are refused, as are repeated keys. */
final class YamlText {
  private final JsonParser parser;
  private final List<Problem> problems;

  private YamlText(JsonParser parser, List<Problem> problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** Reads the text of a file; an empty one is an empty table. */
  static Node.Table read(String text, List<Problem> problems) {
    try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      return new YamlText(parser, problems).document();
    } catch (JacksonException malformed) {
      problems.add(syntax(malformed));
      return Node.Table.EMPTY;
    }
  }

  private Node.Table document() {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return Node.Table.EMPTY;
    }
    Node root = node("");
    if (parser.nextToken() != null) {
      refuse("---", "begins a second document", "Write everything into the first.");
    }
    if (root instanceof Node.Table table) {
      return table;
    }
    refuse("the file", "must hold keys with values", "Begin it with: url: https://mcp.example.com");
    return Node.Table.EMPTY;
  }

  private Node node(String path) {
    int line = line();
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      refuse(path, "must not be an alias", "Write the value out.");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> table(path, line);
      case START_ARRAY -> items(path, line);
      case VALUE_NULL -> new Node.Nothing(line);
      default -> new Node.Value(parser.getString(), scalar(), line);
    };
  }

  private Scalar scalar() {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> new Scalar.Truth(true);
      case VALUE_FALSE -> new Scalar.Truth(false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Scalar.Quantity(parser.getDecimalValue());
      default -> new Scalar.Text(parser.getString());
    };
  }

  private Node.Table table(String path, int line) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String full = path.isEmpty() ? name : path + "." + name;
      if (nodes.containsKey(name)) {
        refuse(
            full,
            "was already given in line " + nodes.get(name).line(),
            "Keep one of the two, or join them.");
      }
      parser.nextToken();
      nodes.putIfAbsent(name, node(full));
    }
    return new Node.Table(nodes, line);
  }

  private Node.Items items(String path, int line) {
    List<Node> nodes = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      nodes.add(node(path));
    }
    return new Node.Items(nodes, line);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private void refuse(String key, String what, String remedy) {
    problems.add(new Problem(key, null, line(), what, remedy));
  }

  /** Without the parser's excerpt of the text, which may hold a secret. */
  private static Problem syntax(JacksonException malformed) {
    int line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr();
    return new Problem(
        "the file",
        null,
        Math.max(0, line),
        "is not YAML from here on",
        "Look at the indentation (spaces, no tabs), at colons followed by a space, and at"
            + " quotes, in this line and the one before.");
  }
}
