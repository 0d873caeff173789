package dev.ostiary.protocol;

/** Why a message cannot be read from its parameters. The names are those of the RFCs. */
public sealed interface ParameterRefusal {
  String name();

  /** One that is needed is absent or empty. */
  record Missing(String name) implements ParameterRefusal {}

  /** One does not have the shape that its specification asks for. */
  record Malformed(String name) implements ParameterRefusal {}
}
