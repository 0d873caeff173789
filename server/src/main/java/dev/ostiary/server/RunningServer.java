package dev.ostiary.server;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.embed.Ostiary;
import dev.ostiary.embed.config.Listen;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.Service;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyOutbound;
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
   * @param data the directory, whatever the configuration says of it relative to
   */
  static RunningServer start(OstiaryConfig config, Path data, EventLoops loops, InstantSource time)
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
              Ostiary.builder(config, store, masterKey)
                  .audit(audit)
                  .outbound(outbound)
                  .time(time)
                  .build());
      NettyServer server = listen(config.listen(), ostiary.service(), loops, time);
      closing.add(() -> server.stop(GRACE));
      return new RunningServer(closing);
    } catch (StartRefused refused) {
      closing.close();
      throw refused;
    } catch (StoreUnavailable unavailable) {
      closing.close();
      throw StartRefused.data(String.valueOf(unavailable.getMessage()));
    } catch (IOException failure) {
      closing.close();
      throw StartRefused.data(
          "The data directory " + data + " cannot be used: " + Trouble.of(failure) + ".");
    }
  }

  /** Listens, or says in one line why not. */
  static NettyServer listen(Listen listen, Service service, EventLoops loops, InstantSource time)
      throws StartRefused {
    try {
      InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
      return NettyServer.start(Options.at(address, time), loops, service);
    } catch (IOException taken) {
      throw StartRefused.address(String.valueOf(taken.getMessage()));
    }
  }

  /** Drains, and ends everything in the reverse order of its start. */
  @Override
  public void close() {
    closing.close();
  }
}
