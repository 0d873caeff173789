package dev.ostiary.embed;

import dev.ostiary.authorization.Surroundings;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.embed.config.ConfigRules;
import dev.ostiary.embed.config.InvalidConfig;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.Problem;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outbounds;
import dev.ostiary.http.Router;
import dev.ostiary.http.Service;
import dev.ostiary.http.fetch.GuardedFetch;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ostiary as a request handler: whatever serves HTTP gives it requests. */
public final class Ostiary implements AutoCloseable {
  /** As much as a set of keys may have; documents of other kinds are smaller. */
  private static final int LARGEST_KEY_SET = GuardedFetch.Builder.LARGEST;

  private final Core core;
  private final GuardedFetch keyFetch;
  private final Runnable closeOutbound;

  private Ostiary(Core core, GuardedFetch keyFetch, Runnable closeOutbound) {
    this.core = core;
    this.keyFetch = keyFetch;
    this.closeOutbound = closeOutbound;
  }

  /**
   * Begins with what has no default.
   *
   * @param store what is remembered; whoever opened it closes it
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

  /** What whoever runs it may do with clients and grants; all of it takes effect at once. */
  public Operator operator() {
    return core.operator();
  }

  /** Ends what runs in the background. Requests that come later are not served well. */
  @Override
  public void close() {
    core.close();
    keyFetch.close();
    closeOutbound.run();
  }

  /** Puts Ostiary together. */
  public static final class Builder {
    private final OstiaryConfig config;
    private final Store store;
    private final MasterKey masterKey;
    private AuditLog audit = _ -> {};
    private InstantSource time = InstantSource.system();
    private UnaryOperator<GuardedFetch.Builder> fetching = UnaryOperator.identity();
    private @Nullable Outbound outbound;
    private Outbounds backends = JdkOutbound::new;

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

    /** How GitHub and others are called, by the JDK's client otherwise; the caller closes it. */
    public Builder outbound(Outbound client) {
      outbound = client;
      return this;
    }

    /** How the MCP servers behind this one are called, by the JDK's client otherwise. */
    public Builder backends(Outbounds clients) {
      backends = clients;
      return this;
    }

    /** How what clients name is fetched, such as their keys; only its size is set already. */
    public Builder fetching(UnaryOperator<GuardedFetch.Builder> settings) {
      fetching = settings;
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
      List<Problem> problems = ConfigRules.check(config);
      if (!problems.isEmpty()) {
        throw new InvalidConfig(problems);
      }
      if (outbound != null) {
        return build(outbound, () -> {});
      }
      JdkOutbound own = new JdkOutbound();
      return build(own, own::close);
    }

    private Ostiary build(Outbound calls, Runnable closeCalls) {
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      GuardedFetch keyFetch =
          fetching.apply(GuardedFetch.through(calls)).limit(LARGEST_KEY_SET).build();
      Surroundings with = new Surroundings(store, masterKey, audit, keyFetch, threads, time);
      return new Ostiary(new Core(config, with, calls, backends, threads), keyFetch, closeCalls);
    }
  }
}
