package dev.ostiary.requirements;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the requirements of the register that a test shows: {@code A-} (MCP authorization), {@code
 * T-} (MCP transport), {@code R-} (OAuth), {@code G-} (GitHub).
 *
 * <p>The build joins both sides: an id that the register does not know, or an implemented
 * requirement that no test names, fails it.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requirement {
  /** Ids such as {@code R-7}. */
  String[] value();
}
