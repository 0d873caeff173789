package dev.ostiary.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the running {@link Program}, {@link GuardedBackends} and {@link Npm}, each made once
 * for the whole run.
 */
final class WithProgram implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(WithProgram.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Program.class || type == GuardedBackends.class || type == Npm.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return made(parameter.getParameter().getType(), context.getRoot().getStore(NAMESPACE));
  }

  private static Object made(Class<?> type, Store store) {
    if (type == Program.class) {
      return store.computeIfAbsent(Program.class, _ -> startProgram());
    }
    Npm npm = store.computeIfAbsent(Npm.class, _ -> installNpm(), Npm.class);
    return type == Npm.class
        ? npm
        : store.computeIfAbsent(GuardedBackends.class, _ -> startBackends(npm));
  }

  private static Program startProgram() {
    try {
      Path folder = SourceTree.root().resolve("acceptance/target");
      return Program.start(Files.createTempDirectory(folder, "program-").resolve("data"));
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException("the program does not start", failed);
    }
  }

  private static GuardedBackends startBackends(Npm npm) {
    try {
      Path folder = SourceTree.root().resolve("acceptance/target");
      return GuardedBackends.start(npm, Files.createTempDirectory(folder, "guarded-"));
    } catch (IOException | InterruptedException | LifecycleException failed) {
      throw new IllegalStateException("the guarded backends do not start", failed);
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
