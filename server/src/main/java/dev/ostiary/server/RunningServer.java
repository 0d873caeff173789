package dev.ostiary.server;

import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.embed.Ostiary;
import dev.ostiary.embed.config.InvalidConfig;
import dev.ostiary.embed.config.Listen;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.HostRule;
import dev.ostiary.http.Service;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.http.netty.outbound.NettyOutbound;
import dev.ostiary.http.netty.outbound.NettyOutbounds;
import dev.ostiary.server.audit.AuditFile;
import dev.ostiary.server.data.ChildHomes;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.IoErrors;
import dev.ostiary.server.data.MasterKeySource;
import dev.ostiary.server.exit.StartRefused;
import dev.ostiary.server.metrics.Metrics;
import dev.ostiary.server.operate.Backups;
import dev.ostiary.server.operate.OperatingSocket;
import dev.ostiary.server.operate.StoreLock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Ostiary with everything a process needs around it: files, sockets, threads. */
final class RunningServer implements AutoCloseable {

  /** How long the path of a Unix domain socket may be on every system. */
  private static final int SOCKET_PATH = 103;

  private static final String ADMIN_HOSTS_REMEDY =
      "Ask by IP address, or list the name in 'admin.hosts' in the configuration.";

  private static final String ADMIN_REMEDY = "set 'admin.listen' in the configuration";

  private final Closing closing;

  private RunningServer(Closing closing) {
    this.closing = closing;
  }

  /**
   * Starts.
   *
   * @param data the directory, resolved: a relative one of the configuration is not used here
   * @param remedy what to do about a port that is in use
   * @param change what is different from a server that only its configuration describes
   */
  static RunningServer start(
      OstiaryConfig config,
      Path data,
      String remedy,
      UnaryOperator<Ostiary.Builder> change,
      EventLoops loops,
      InstantSource time)
      throws StartRefused {
    Closing closing = new Closing();
    try {
      DataDirectory directory = DataDirectory.open(data, config.program().store());
      MasterKeySource masterKey = MasterKeySource.ofServer(directory, config.program().masterKey());
      AuditFile audit = closing.add(AuditFile.open(directory.auditStream()));
      Store store = closing.add(StoreLock.of(directory));
      NettyOutbound outbound = closing.add(new NettyOutbound(loops));
      Ostiary.Builder builder =
          Ostiary.builder(config, store, masterKey.read(store))
              .audit(audit)
              .outbound(outbound)
              .backends(new NettyOutbounds(loops))
              .homes(closing.add(ChildHomes.open(data)))
              .time(time);
      Listen admin = config.program().admin().listen();
      Metrics metrics =
          admin == null
              ? null
              : closing.add(new Metrics(config.servers().keySet(), Version.number()));
      if (metrics != null) {
        builder.audit(metrics.counting(audit)).observer(metrics.gateway());
      }
      Ostiary ostiary = closing.add(build(change.apply(builder)));
      closing.add(
          operatingSocket(directory.socket(), ostiary.operator(), Backups.of(store, audit, time)));
      if (admin != null && metrics != null) {
        Service service =
            HostRule.named(
                config.program().admin().hosts(),
                ADMIN_HOSTS_REMEDY,
                metrics.service(ostiary.probes(), ostiary::knownTokens));
        closing.add(listen(admin, ADMIN_REMEDY, service, loops, time));
      }
      NettyServer server =
          listen(config.program().listen(), remedy, ostiary.service(), loops, time);
      closing.add(new Stopping(ostiary, server));
      return new RunningServer(closing);
    } catch (StartRefused refused) {
      closing.close();
      throw refused;
    } catch (StoreUnavailable unavailable) {
      closing.close();
      throw StartRefused.data(unavailable);
    } catch (IOException failure) {
      closing.close();
      throw StartRefused.data(
          "The data directory " + data + " cannot be used: " + IoErrors.of(failure) + ".");
    }
  }

  /** A store that was sealed with another master key is a matter of the data directory. */
  private static Ostiary build(Ostiary.Builder builder) throws StartRefused {
    try {
      return builder.build();
    } catch (InvalidConfig impossible) {
      throw StartRefused.configuration(String.valueOf(impossible.getMessage()));
    } catch (IllegalStateException sealed) {
      throw StartRefused.data(sealed);
    }
  }

  private static OperatingSocket operatingSocket(Path path, Operator operator, Backups backups)
      throws StartRefused {
    try {
      return OperatingSocket.open(path, operator, backups);
    } catch (IOException failure) {
      int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
      throw StartRefused.data(
          length > SOCKET_PATH
              ? "The path of the socket %s is too long: %d bytes, and about %d are possible. Use a data directory with a shorter one."
                  .formatted(path, length, SOCKET_PATH)
              : "The socket %s cannot be made: %s.".formatted(path, IoErrors.of(failure)));
    }
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
