package dev.ostiary.embed;

import dev.ostiary.authorization.Dependencies;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.document.DocumentFetch;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.config.Problem;
import dev.ostiary.embed.config.ConfigKeys;
import dev.ostiary.embed.config.ConfigRemarks;
import dev.ostiary.embed.config.InvalidConfig;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.stdio.Homes;
import dev.ostiary.http.ClientSettings;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outbounds;
import dev.ostiary.http.Router;
import dev.ostiary.http.Service;
import dev.ostiary.http.fetch.FetchProxy;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.outbound.NettyOutbounds;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ostiary as a request handler: whatever serves HTTP gives it requests. */
public final class Ostiary implements AutoCloseable {
  /** The revocation feed, housekeeping and the ticker; each may block. */
  private static final int REPEATED = 4;

  /** As much as a set of keys may have; documents of other kinds are smaller. */
  private static final int LARGEST_KEY_SET = GuardedFetch.Builder.LARGEST;

  private static final System.Logger LOG = System.getLogger(Ostiary.class.getName());

  private final Core core;
  private final List<Runnable> closings;

  /**
   * @param closings what it opened itself, in the order in which it is closed
   */
  private Ostiary(Core core, Deque<Runnable> closings) {
    this.core = core;
    this.closings = List.copyOf(closings);
  }

  /**
   * Begins with what has no default.
   *
   * @param store what is remembered; its opener closes it
   * @param masterKey what the secrets in the store are sealed with
   */
  public static Builder builder(OstiaryConfig config, Store store, MasterKey masterKey) {
    return new Builder(config, store, masterKey);
  }

  /** What a binding serves, at the root of the configured host. */
  public Service service() {
    return core.service();
  }

  /** Every endpoint and who may call it, sorted by path; the MCP servers are not among them. */
  public List<Router.Listed> routes() {
    return core.router().routes();
  }

  /** What an operator may do with clients and grants; all of it takes effect at once. */
  public Operator operator() {
    return core.operator();
  }

  /** {@code /health} and {@code /ready}, for another place than the service's own. */
  public List<Endpoint> probes() {
    return core.probes("");
  }

  /**
   * How many access tokens are known to be good, so that calls with them need no look-up in the
   * store.
   */
  public int knownTokens() {
    return core.knownTokens();
  }

  /**
   * Begins to stop: {@code /ready} is 503 from now on, so that load balancers send requests
   * elsewhere. Everything is still served.
   */
  public void announceStop() {
    core.announceStop();
  }

  /** Ends, in order, the streams that do not end by themselves: their clients come again. */
  public void endLastingStreams() {
    core.endLastingStreams();
  }

  /** Ends all calls and streams, and tells their clients so. */
  public void endCalls() {
    core.endCalls();
  }

  /** Ends what runs in the background. Requests that come later are not served well. */
  @Override
  public void close() {
    core.close();
    closings.forEach(Runnable::run);
  }

  /** Puts Ostiary together. */
  public static final class Builder {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final OstiaryConfig config;
    private final Store store;
    private final MasterKey masterKey;
    private AuditLog audit = _ -> {};
    private GatewayObserver observer = GatewayObserver.NONE;
    private InstantSource time = InstantSource.system();
    private UnaryOperator<GuardedFetch.Builder> fetching = UnaryOperator.identity();
    private boolean demonstration;
    private UnaryOperator<DocumentFetch> documents = UnaryOperator.identity();
    private @Nullable Outbound outbound;
    private @Nullable Outbounds backends;
    private @Nullable Homes homes;

    private Builder(OstiaryConfig config, Store store, MasterKey masterKey) {
      this.config = config;
      this.store = store;
      this.masterKey = masterKey;
    }

    /** Where audit events go; nowhere, unless this is called. */
    public Builder audit(AuditLog log) {
      audit = log;
      return this;
    }

    /** The observer of every call, for metrics; none by default. */
    public Builder observer(GatewayObserver gateway) {
      observer = gateway;
      return this;
    }

    /**
     * How the identity provider and the hosts of clients are called; the caller closes it. By
     * default event loops are started for the calls, and end with this.
     */
    public Builder outbound(Outbound client) {
      outbound = client;
      return this;
    }

    /** How the MCP servers behind this one are called; by default on event loops of its own. */
    public Builder backends(Outbounds clients) {
      backends = clients;
      return this;
    }

    /** Where programs that are MCP servers have private directories; without, there are none. */
    public Builder homes(Homes directories) {
      homes = directories;
      return this;
    }

    /**
     * Changes how what clients name is fetched, their metadata documents and their keys, beyond
     * what is configured: with another resolver, say, or from addresses that are not public, which
     * a test's server has.
     */
    public Builder fetching(UnaryOperator<GuardedFetch.Builder> change) {
      fetching = change;
      return this;
    }

    /** Answers for metadata documents in place of the fetch that is given, or passes on to it. */
    public Builder documents(UnaryOperator<DocumentFetch> change) {
      documents = change;
      return this;
    }

    /** Every page says that the identity provider is simulated. */
    public Builder demonstration() {
      demonstration = true;
      return this;
    }

    /** What time it is. */
    public Builder time(InstantSource source) {
      time = source;
      return this;
    }

    /**
     * Starts.
     *
     * @throws InvalidConfig naming everything that is wrong
     * @throws dev.ostiary.authorization.store.StoreUnavailable if the store does not answer
     */
    public Ostiary build() {
      List<Problem> problems = ConfigKeys.check(config);
      if (!problems.isEmpty()) {
        throw new InvalidConfig(problems);
      }
      ConfigRemarks.of(config)
          .forEach(
              remark ->
                  LOG.log(System.Logger.Level.WARNING, remark.what() + " " + remark.remedy()));
      Deque<Runnable> closings = new ArrayDeque<>();
      try {
        return build(closings);
      } catch (RuntimeException failure) {
        closings.forEach(Runnable::run);
        throw failure;
      }
    }

    private Ostiary build(Deque<Runnable> closings) {
      Outbounds servers = backends;
      Outbound calls = outbound;
      if (servers == null || calls == null) {
        EventLoops loops = EventLoops.start();
        closings.push(loops::close);
        Outbounds own = new NettyOutbounds(loops);
        servers = servers == null ? own : servers;
        if (calls == null) {
          calls = own.open(ClientSettings.USUAL);
          closings.push(calls::close);
        }
      }
      GuardedFetch keys = fetching.apply(through(calls).limit(LARGEST_KEY_SET)).build();
      closings.push(keys::close);
      GuardedFetch fetch = fetching.apply(documents(calls)).build();
      closings.push(fetch::close);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      ScheduledExecutorService scheduler =
          Executors.newScheduledThreadPool(
              REPEATED, Thread.ofVirtual().name("repeated-", 0).factory());
      closings.push(scheduler::shutdownNow);
      Dependencies with =
          new Dependencies(
              store, masterKey, audit, keys, documents.apply(fetch::get), threads, scheduler, time);
      return new Ostiary(
          new Core(config, demonstration, with, calls, servers, homes, observer, threads),
          closings);
    }

    private GuardedFetch.Builder documents(Outbound calls) {
      MetadataDocuments settings = config.metadataDocuments();
      Duration whole = settings.timeout();
      return through(calls)
          .limit(settings.sizeLimit())
          .patience(whole, whole.compareTo(CONNECT) < 0 ? whole : CONNECT);
    }

    private GuardedFetch.Builder through(Outbound calls) {
      FetchProxy proxy = config.metadataDocuments().proxy();
      GuardedFetch.Builder builder = GuardedFetch.through(calls);
      return proxy == null ? builder : builder.proxy(proxy);
    }
  }
}
