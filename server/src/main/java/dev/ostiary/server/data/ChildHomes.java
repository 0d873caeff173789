package dev.ostiary.server.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.gateway.stdio.Account;
import dev.ostiary.gateway.stdio.Homes;
import dev.ostiary.protocol.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The private directories of programs: below the data directory, or in the system's directory for
 * temporary files if the program runs as another user, who cannot see the data. A directory is kept
 * while Ostiary runs, so that what a package manager has fetched need not be fetched again.
 */
public final class ChildHomes implements Homes, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ChildHomes.class.getName());
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private record Whose(String server, Subject user) {}

  private final Path inside;
  private final Map<Whose, Path> homes = new HashMap<>();
  private @Nullable Path outside;

  private ChildHomes(Path inside) {
    this.inside = inside;
  }

  /** What an earlier process has left is removed when the first directory is made. */
  public static ChildHomes open(Path data) {
    return new ChildHomes(data.resolve("homes"));
  }

  @Override
  public synchronized String open(String server, Subject user, @Nullable Account owner)
      throws IOException {
    Whose whose = new Whose(server, user);
    Path known = homes.get(whose);
    if (known != null && Files.isDirectory(known)) {
      return known.toString();
    }
    Path home = (owner == null ? inside() : outside()).resolve(server + "-" + hash(user));
    Files.createDirectory(home, PRIVATE);
    if (owner != null) {
      Files.setAttribute(home, "unix:gid", Math.toIntExact(owner.group()));
      Files.setAttribute(home, "unix:uid", Math.toIntExact(owner.id()));
    }
    homes.put(whose, home);
    return home.toString();
  }

  @Override
  public void release(String server, Subject user) {}

  private Path inside() throws IOException {
    if (homes.values().stream().noneMatch(home -> home.startsWith(inside))) {
      remove(inside);
      Files.createDirectory(inside, PRIVATE);
    }
    return inside.toAbsolutePath();
  }

  /** Its name cannot be foreseen; others may pass through it, and not look into it. */
  private Path outside() throws IOException {
    Path made = outside;
    if (made == null) {
      made = Files.createTempDirectory("ostiary-homes-");
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
      outside = made;
    }
    return made;
  }

  private static String hash(Subject user) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(user.value().getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Does not follow links. */
  private static void remove(Path tree) throws IOException {
    if (Files.notExists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Removes all of them. */
  @Override
  public synchronized void close() {
    try {
      if (!homes.isEmpty()) {
        remove(inside);
      }
      Path made = outside;
      if (made != null) {
        remove(made);
      }
    } catch (IOException | UncheckedIOException left) {
      LOG.log(
          System.Logger.Level.WARNING, "a private directory of a program cannot be removed", left);
    }
    homes.clear();
    outside = null;
  }
}
