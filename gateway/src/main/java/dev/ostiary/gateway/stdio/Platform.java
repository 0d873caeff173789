package dev.ostiary.gateway.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What this machine has to run children with.
 *
 * @param shell whether there is a POSIX shell, without which there are no children
 * @param sessions whether a child can have a process group of its own ({@code setsid})
 * @param accounts whether a child can run as another user ({@code setpriv})
 * @param root whether Ostiary may switch users
 */
public record Platform(boolean shell, boolean sessions, boolean accounts, boolean root) {
  private static final String FACTS =
      "command -v setsid >/dev/null && echo setsid; command -v setpriv >/dev/null && echo setpriv;"
          + " id -u";

  private static final int ANSWER = 4096;

  /** Looks. Blocks. */
  public static Platform detect() {
    List<String> facts = ask("sh", "-c", FACTS);
    return new Platform(
        !facts.isEmpty(), facts.contains("setsid"), facts.contains("setpriv"), facts.contains("0"));
  }

  /** A user of this machine, with the group of its own. Blocks. */
  public Optional<Account> account(String name) {
    List<String> id = ask("id", "-u", "--", name);
    List<String> group = ask("id", "-g", "--", name);
    try {
      return id.size() == 1 && group.size() == 1
          ? Optional.of(
              new Account(name, Long.parseLong(id.getFirst()), Long.parseLong(group.getFirst())))
          : Optional.empty();
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  /** Why a child cannot run as this user; empty if it can. Blocks. */
  public Optional<String> obstacle(String name) {
    if (!root) {
      return Optional.of("needs Ostiary to run as root, which alone may switch users");
    }
    if (!accounts) {
      return Optional.of("needs the command setpriv of util-linux, which is not here");
    }
    return account(name).isEmpty()
        ? Optional.of("is not a user of this machine")
        : Optional.empty();
  }

  /** What stands before the command of a child. */
  List<String> prefix(Optional<Account> account) {
    List<String> prefix = new ArrayList<>();
    if (sessions) {
      prefix.add("setsid");
    }
    account.ifPresent(
        as ->
            prefix.addAll(
                List.of(
                    "setpriv", "--reuid=" + as.id(), "--regid=" + as.group(), "--init-groups")));
    return prefix;
  }

  /** The lines that a command prints; none if it fails. */
  private static List<String> ask(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readNBytes(ANSWER), UTF_8);
      if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        return List.of();
      }
      return text.lines().toList();
    } catch (IOException missing) {
      return List.of();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
