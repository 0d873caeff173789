package dev.ostiary.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the running {@link Program} and {@link Npm}, each made once for the whole run. */
final class WithProgram implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Program.class || type == Npm.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store store = context.getRoot().getStore(Namespace.create(WithProgram.class));
    return parameter.getParameter().getType() == Program.class
        ? store.computeIfAbsent(Program.class, _ -> startProgram())
        : store.computeIfAbsent(Npm.class, _ -> installNpm());
  }

  private static Program startProgram() {
    try {
      Path folder = SourceTree.root().resolve("acceptance/target");
      return Program.start(Files.createTempDirectory(folder, "program-").resolve("data"));
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException("the program does not start", failed);
    }
  }

  private static Npm installNpm() {
    try {
      boolean required = "true".equals(System.getenv("CI"));
      Assumptions.assumeTrue(
          required || Npm.available(), "real clients need Node.js with npm on the PATH");
      return Npm.install();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException("the clients cannot be installed", failed);
    }
  }
}
