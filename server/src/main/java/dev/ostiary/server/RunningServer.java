package dev.ostiary.server;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.embed.Ostiary;
import dev.ostiary.embed.config.Listen;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.Service;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyOutbound;
import dev.ostiary.http.netty.NettyOutbounds;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.server.audit.AuditFile;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.Trouble;
import dev.ostiary.store.jdbc.SqliteStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Ostiary with everything a process needs around it: files, sockets, threads. */
final class RunningServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(7);

  private final Closing closing;

  private RunningServer(Closing closing) {
    this.closing = closing;
  }

  /**
   * Starts.
   *
   * @param data the directory, resolved: a relative one of the configuration is not used here
   * @param remedy what to do about a port that is in use
   */
  static RunningServer start(
      OstiaryConfig config, Path data, String remedy, EventLoops loops, InstantSource time)
      throws StartRefused {
    Closing closing = new Closing();
    try {
      DataDirectory directory = DataDirectory.open(data);
      var masterKey = directory.masterKey();
      AuditFile audit = closing.add(AuditFile.open(directory.auditStream()));
      SqliteStore store = closing.add(SqliteStore.open(directory.database()));
      NettyOutbound outbound = closing.add(new NettyOutbound(loops));
      Ostiary ostiary =
          closing.add(
              build(
                  Ostiary.builder(config, store, masterKey)
                      .audit(audit)
                      .outbound(outbound)
                      .backends(new NettyOutbounds(loops))
                      .time(time)));
      NettyServer server = listen(config.listen(), remedy, ostiary.service(), loops, time);
      closing.add(() -> server.stop(GRACE));
      return new RunningServer(closing);
    } catch (StartRefused refused) {
      closing.close();
      throw refused;
    } catch (StoreUnavailable unavailable) {
      closing.close();
      throw StartRefused.data(sentence(unavailable));
    } catch (IOException failure) {
      closing.close();
      throw StartRefused.data(
          "The data directory " + data + " cannot be used: " + Trouble.of(failure) + ".");
    }
  }

  /** A store that was sealed with another master key is a matter of the data directory. */
  private static Ostiary build(Ostiary.Builder builder) throws StartRefused {
    try {
      return builder.build();
    } catch (IllegalStateException sealed) {
      throw StartRefused.data(sentence(sealed));
    }
  }

  private static String sentence(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
  }

  /**
   * Listens, or says in one line why not.
   *
   * @param remedy what to do about a port that is in use
   */
  static NettyServer listen(
      Listen listen, String remedy, Service service, EventLoops loops, InstantSource time)
      throws StartRefused {
    InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
    if (address.isUnresolved()) {
      throw StartRefused.address(
          "Cannot listen on %s: the host %s is unknown.".formatted(listen, listen.host()));
    }
    try {
      return NettyServer.start(Options.at(address, time), loops, service);
    } catch (IOException failure) {
      String why = String.valueOf(failure.getMessage());
      throw StartRefused.address(
          why.endsWith("in use")
              ? "Port %d of %s is in use: stop what listens there, or %s."
                  .formatted(listen.port(), listen.host(), remedy)
              : why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1));
    }
  }

  /** Drains, and ends everything in the reverse order of its start. */
  @Override
  public void close() {
    closing.close();
  }
}
