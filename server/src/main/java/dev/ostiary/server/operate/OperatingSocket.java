package dev.ostiary.server.operate;

import dev.ostiary.authorization.operate.Operator;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The Unix domain socket by which commands reach the running server. Nobody but its owner can
 * connect: the file has mode 0600 from the moment it has its name. Whoever opens it has the lock on
 * the data, so a socket that is there already is a dead server's.
 */
public final class OperatingSocket implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OperatingSocket.class.getName());
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int AT_ONCE = 8;
  private static final int WAITING = 32;

  /** Where the socket is until others are kept out; as long as the name it gets. */
  private static final String NURSERY = ".socket";

  private final ServerSocketChannel server;
  private final Path path;
  private final Operations operations;
  private final Duration limit;
  private final Semaphore slots = new Semaphore(AT_ONCE);
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private OperatingSocket(
      ServerSocketChannel server, Path path, Operations operations, Duration limit) {
    this.server = server;
    this.path = path;
    this.operations = operations;
    this.limit = limit;
  }

  /** Serves at this path. */
  public static OperatingSocket open(Path path, Operator operator) throws IOException {
    return open(path, operator, LIMIT);
  }

  /**
   * @param limit how long nothing may happen on a connection
   */
  static OperatingSocket open(Path path, Operator operator, Duration limit) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      bind(server, path);
    } catch (IOException | RuntimeException failure) {
      server.close();
      throw failure;
    }
    OperatingSocket socket = new OperatingSocket(server, path, new Operations(operator), limit);
    Thread.ofVirtual().name("operating-socket").start(socket::serve);
    return socket;
  }

  private static void bind(ServerSocketChannel server, Path path) throws IOException {
    Path nursery = path.resolveSibling(NURSERY);
    Path unnamed = nursery.resolve("sock");
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.deleteIfExists(unnamed);
    Files.deleteIfExists(nursery);
    Files.createDirectory(nursery);
    if (posix) {
      Files.setPosixFilePermissions(nursery, PosixFilePermissions.fromString("rwx------"));
    }
    server.bind(UnixDomainSocketAddress.of(unnamed), WAITING);
    if (posix) {
      Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rw-------"));
    }
    Files.move(unnamed, path, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(nursery);
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        slots.acquire();
        SocketChannel channel = server.accept();
        connections.add(channel);
        Thread.ofVirtual().name("operating-conversation").start(() -> hold(channel));
      } catch (ClosedChannelException closed) {
        return;
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException trouble) {
        slots.release();
        LOG.log(System.Logger.Level.ERROR, "operators cannot be served", trouble);
        return;
      }
    }
  }

  private void hold(SocketChannel channel) {
    try {
      new Conversation(channel, operations, limit).hold();
    } finally {
      connections.remove(channel);
      slots.release();
    }
  }

  /** What is under way has a moment to end. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
    server.close();
    try {
      // One of the slots may be held for the connection that does not come any more.
      boolean _ = slots.tryAcquire(AT_ONCE - 1, 1, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }
}
