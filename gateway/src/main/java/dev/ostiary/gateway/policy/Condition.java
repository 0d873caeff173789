package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Scalar;
import java.util.List;
import java.util.Map;

/**
 * What must be so of one argument for a rule to be about a call. An argument that is absent, null
 * or has parts meets no condition.
 *
 * @param argument a member of the arguments, or a dotted path into them
 */
public record Condition(String argument, Test test) {
  /** How the argument is compared. */
  public sealed interface Test {
    /** With one value of the same type. */
    record Equals(Scalar value) implements Test {}

    /** With several. */
    record In(List<Scalar> values) implements Test {
      public In {
        values = List.copyOf(values);
      }
    }

    /** By how its text begins. */
    record Prefix(String text) implements Test {}
  }

  public static Condition equalTo(String argument, String text) {
    return new Condition(argument, new Test.Equals(new Scalar.Text(text)));
  }

  public static Condition in(String argument, String... texts) {
    List<Scalar> values = List.<String>of(texts).stream().<Scalar>map(Scalar.Text::new).toList();
    return new Condition(argument, new Test.In(values));
  }

  public static Condition prefix(String argument, String text) {
    return new Condition(argument, new Test.Prefix(text));
  }

  boolean isMetBy(Map<String, Scalar> arguments) {
    Scalar value = arguments.get(argument);
    return value != null
        && switch (test) {
          case Test.Equals(Scalar wanted) -> wanted.equals(value);
          case Test.In(List<Scalar> wanted) -> wanted.contains(value);
          case Test.Prefix(String wanted) ->
              value instanceof Scalar.Text(String text) && text.startsWith(wanted);
        };
  }

  /** Whether the argument's beginning says nothing about where it leads. */
  boolean isBlindTo(Map<String, Scalar> arguments) {
    return test instanceof Test.Prefix(String beginning)
        && arguments.get(argument) instanceof Scalar.Text(String text)
        && isBlind(beginning, text);
  }

  private static boolean isBlind(String beginning, String text) {
    if (Paths.leaveTheirBeginning(text)) {
      return true;
    }
    if (isOfPaths(beginning) && Paths.haveOtherSpellings(text)) {
      return true;
    }
    String plain = Paths.plain(text);
    String plainBeginning = Paths.plain(beginning);
    return plain == null
        || plainBeginning == null
        || plain.startsWith(plainBeginning) != text.startsWith(beginning);
  }

  /** Whether what begins so is meant as a path or URI. */
  static boolean isOfPaths(String beginning) {
    return beginning.indexOf('/') >= 0 || beginning.indexOf('\\') >= 0;
  }
}
