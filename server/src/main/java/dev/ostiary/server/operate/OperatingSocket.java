package dev.ostiary.server.operate;

import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.http.Router;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.Limits;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.http.netty.Timeouts;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * The Unix domain socket by which commands reach the running server, with HTTP. Only its owner can
 * connect: the file has mode 0600 from the moment it has its name. The process that opens it has
 * the lock on the data, so a socket that is there already belongs to a server that was killed.
 */
public final class OperatingSocket implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Limits LIMITS = new Limits(8 * 1024, 16 * 1024, 50, 1024 * 1024, 64);

  /** Where the socket is until others are kept out; as long as the name it gets. */
  private static final String NURSERY = ".socket";

  private final EventLoops loops;
  private final NettyServer server;
  private final Path path;

  private OperatingSocket(EventLoops loops, NettyServer server, Path path) {
    this.loops = loops;
    this.server = server;
    this.path = path;
  }

  /** Serves at this path. */
  public static OperatingSocket open(Path path, Operator operator, Backups backups)
      throws IOException {
    return open(path, operator, backups, LIMIT);
  }

  /**
   * @param limit how long nothing may happen on a connection
   */
  static OperatingSocket open(Path path, Operator operator, Backups backups, Duration limit)
      throws IOException {
    Router router = new Router(OperatorEndpoint.all(new Operations(operator, backups)), Map.of());
    EventLoops loops = EventLoops.startLocal();
    try {
      Path nursery = nursery(path);
      Path unnamed = nursery.resolve("sock");
      Options options =
          new Options(
              UnixDomainSocketAddress.of(unnamed),
              LIMITS,
              new Timeouts(limit, limit, limit, limit),
              InstantSource.system());
      NettyServer server = NettyServer.start(options, loops, router);
      restrict(unnamed, "rw-------");
      Files.move(unnamed, path, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(nursery);
      return new OperatingSocket(loops, server, path);
    } catch (IOException | RuntimeException failure) {
      loops.close();
      throw failure;
    }
  }

  private static Path nursery(Path path) throws IOException {
    Path nursery = path.resolveSibling(NURSERY);
    Files.deleteIfExists(nursery.resolve("sock"));
    Files.deleteIfExists(nursery);
    Files.createDirectory(nursery);
    restrict(nursery, "rwx------");
    return nursery;
  }

  private static void restrict(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  /** What is under way has a moment to end. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
    var _ = server.awaitEnd(Duration.ofSeconds(1));
    server.close();
    loops.close();
  }
}
