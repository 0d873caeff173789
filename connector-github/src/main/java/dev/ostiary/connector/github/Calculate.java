package dev.ostiary.connector.github;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.server.Tool;
import dev.ostiary.mcp.server.ToolDefinition;
import java.math.BigDecimal;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code calculate}: arithmetic in IEEE 754 double precision, which is what JSON numbers are. */
final class Calculate implements Tool<Caller> {
  private static final double EXACT = 1L << 53;

  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "calculate",
          "Calculator",
          "Calculates with two numbers: add, subtract, multiply, divide or power (a to the b).",
          Schemas.parse(
              """
              {
                "type": "object",
                "properties": {
                  "operation": {
                    "type": "string",
                    "enum": ["add", "subtract", "multiply", "divide", "power"],
                    "description": "What to do with a and b"
                  },
                  "a": {"type": "number", "description": "The first number"},
                  "b": {"type": "number", "description": "The second number"}
                },
                "required": ["operation", "a", "b"],
                "additionalProperties": false
              }
              """),
          Schemas.parse(
              """
              {
                "type": "object",
                "properties": {"result": {"type": "number"}},
                "required": ["result"]
              }
              """),
          true,
          false);

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Outcome call(ObjectNode arguments, Caller caller) {
    double a = arguments.path("a").asDouble();
    double b = arguments.path("b").asDouble();
    String operation = arguments.path("operation").asString();
    if (operation.equals("divide") && b == 0) {
      return new Outcome.Failed("Division by zero: b must not be 0.");
    }
    double result =
        switch (operation) {
          case "add" -> a + b;
          case "subtract" -> a - b;
          case "multiply" -> a * b;
          case "divide" -> a / b;
          case "power" -> Math.pow(a, b);
          default -> throw new IllegalArgumentException("the input schema lets no other through");
        };
    if (Double.isNaN(result)) {
      return new Outcome.Failed("The result is not a real number.");
    }
    if (Double.isInfinite(result)) {
      return new Outcome.Failed("The result is too large.");
    }
    return done(result);
  }

  /** A whole number is shown as one. */
  private static Outcome done(double result) {
    ObjectNode structured = JsonNodeFactory.instance.objectNode();
    if (result == Math.rint(result) && Math.abs(result) <= EXACT) {
      structured.put("result", (long) result);
      return new Outcome.Done(Long.toString((long) result), structured);
    }
    structured.put("result", result);
    return new Outcome.Done(BigDecimal.valueOf(result).stripTrailingZeros().toString(), structured);
  }
}
