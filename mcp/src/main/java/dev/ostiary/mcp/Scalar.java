package dev.ostiary.mcp;

import java.math.BigDecimal;

/** A JSON value without parts. Values of different types are never equal. */
public sealed interface Scalar {
  /** A string, after its escapes. */
  record Text(String value) implements Scalar {}

  /** A number; {@code 1}, {@code 1.0} and {@code 1e0} are the same one. */
  record Quantity(BigDecimal value) implements Scalar {
    @Override
    public boolean equals(Object other) {
      return other instanceof Quantity(BigDecimal that) && that.compareTo(value) == 0;
    }

    @Override
    public int hashCode() {
      return Double.hashCode(value.doubleValue());
    }
  }

  /** {@code true} or {@code false}. */
  record Truth(boolean value) implements Scalar {}
}
