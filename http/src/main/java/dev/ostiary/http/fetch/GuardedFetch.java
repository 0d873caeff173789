package dev.ostiary.http.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.http.AddressRange;
import dev.ostiary.http.Body;
import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches JSON from a URL that somebody else chose, without giving them access to our network
 * (server-side request forgery). https only; the name is resolved once, every address it has must
 * be public, and only these are connected to, so a name that means something else a moment later
 * changes nothing. Hosts that the configuration names are exempt from both. No redirect is
 * followed, nothing but 200 and JSON is read, no more than the limit, and all of it within one
 * time. No cookie or credential is sent but that of a form which the caller posts.
 */
public final class GuardedFetch implements AutoCloseable {
  private static final String ACCEPT = "application/json, application/*+json;q=0.9";
  private static final int LONGEST_TAG = 256;

  private final Outbound outbound;
  private final Lookup lookup;
  private final FetchSlots turns;
  private final List<AddressRange> alsoReachable;
  private final ConfiguredHosts configured;
  private final @Nullable FetchProxy proxy;
  private final int limit;
  private final Duration patience;
  private final Duration connectPatience;

  private GuardedFetch(Builder builder) {
    outbound = builder.outbound;
    lookup = new Lookup(builder.resolver);
    turns = new FetchSlots(builder.atOnce, builder.ofOneHost);
    alsoReachable = List.copyOf(builder.alsoReachable);
    configured = new ConfiguredHosts(builder.configured);
    proxy = builder.proxy;
    limit = builder.limit;
    patience = builder.patience;
    connectPatience = builder.connectPatience;
  }

  /** The fetch with its defaults: 5 KiB, 5 seconds, 16 at once, 4 of one host. */
  public static Builder through(Outbound outbound) {
    return new Builder(outbound);
  }

  /** Fetches, and blocks until there is a result, at most for the whole time. */
  public Fetched get(URI uri) {
    return get(uri, null);
  }

  /**
   * Fetches what has changed, and blocks until there is a result, at most for the whole time.
   *
   * @param entityTag of what the caller has (ETag, RFC 9110 §8.8.3); null if it has nothing
   */
  public Fetched get(URI uri, @Nullable String entityTag) {
    return fetch("GET", uri, headers(entityTag), Body.empty(), entityTag != null);
  }

  /**
   * Sends a form and reads the JSON of the answer, and blocks until there is a result, at most for
   * the whole time.
   *
   * @param authorization the value of the {@code Authorization} field
   * @param form {@code application/x-www-form-urlencoded}
   */
  public Fetched post(URI uri, String authorization, String form) {
    Headers headers =
        headers(null)
            .with("Authorization", authorization)
            .with("Content-Type", "application/x-www-form-urlencoded");
    return fetch("POST", uri, headers, Body.of(form.getBytes(UTF_8)), false);
  }

  private Fetched fetch(
      String method, URI uri, Headers headers, Body.Whole body, boolean conditional) {
    FetchTarget target = FetchTarget.of(uri, configured.allowsPlain(uri));
    if (target == null) {
      return new Fetched.Refused(new FetchRefusal.UrlNotFetchable());
    }
    try {
      TimeLeft time = new TimeLeft(patience);
      return inTurn(
          target,
          time,
          () -> new OutboundRequest(method, target.uri(), headers, body, time.duration()),
          conditional);
    } catch (FetchFailure failure) {
      return new Fetched.Refused(failure.reason());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Fetched.Refused(new FetchRefusal.BrokenOff());
    }
  }

  /**
   * Sends any request, with its credentials, and waits for the whole answer: for servers that are
   * trusted with what is sent, and still must not name an address of our network. https only; the
   * addresses are checked as for {@link #get(URI)}, nothing is said of the answer.
   *
   * @param limit the largest content, in bytes
   * @throws IOException also if the request may not be sent
   */
  public Reply exchange(OutboundRequest request, int limit) throws IOException {
    FetchTarget target = FetchTarget.of(request.uri(), configured.allowsPlain(request.uri()));
    if (target == null || target.disguised()) {
      throw new IOException("not an https address that is called");
    }
    try {
      ConnectRoute way = way(target, new TimeLeft(patience));
      return new RoutedOutbound(outbound, way).exchange(request, limit);
    } catch (FetchFailure failure) {
      throw new IOException("not called: " + failure.reason(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private Fetched inTurn(
      FetchTarget target, TimeLeft time, Supplier<OutboundRequest> request, boolean conditional)
      throws FetchFailure, InterruptedException {
    if (target.disguised()) {
      throw new FetchFailure(new FetchRefusal.HostDisguised());
    }
    if (!turns.take(target.host(), time)) {
      throw new FetchFailure(new FetchRefusal.Busy());
    }
    try {
      return read(time.await(send(target, time, request)), conditional, time);
    } finally {
      turns.end(target.host());
    }
  }

  /** What is posted goes over a new connection: it is not sent again where a kept one fails. */
  private CompletableFuture<Reply> send(
      FetchTarget target, TimeLeft time, Supplier<OutboundRequest> request)
      throws FetchFailure, InterruptedException {
    if (configured.has(target.host())) {
      OutboundRequest direct = request.get();
      return direct.method().equals("GET") ? outbound.send(direct) : outbound.sendAnew(direct);
    }
    ConnectRoute way = way(target, time);
    return outbound.send(request.get(), way);
  }

  private ConnectRoute way(FetchTarget target, TimeLeft time)
      throws FetchFailure, InterruptedException {
    if (proxy == null) {
      return new ConnectRoute.Pinned(checked(addresses(target, time)), connectPatience);
    }
    try {
      checked(addresses(target, time));
    } catch (FetchFailure failure) {
      if (!(failure.reason() instanceof FetchRefusal.NameUnknown)) {
        throw failure;
      }
    }
    return new ConnectRoute.Tunnelled(proxy.host(), proxy.port(), connectPatience);
  }

  private List<InetAddress> addresses(FetchTarget target, TimeLeft time)
      throws FetchFailure, InterruptedException {
    var literal = target.literal();
    return literal.isPresent() ? List.of(literal.get()) : lookup.find(target.host(), time);
  }

  private List<InetAddress> checked(List<InetAddress> addresses) throws FetchFailure {
    if (!addresses.stream().allMatch(this::reachable)) {
      throw new FetchFailure(new FetchRefusal.AddressNotPublic());
    }
    return addresses;
  }

  private boolean reachable(InetAddress address) {
    return PublicAddresses.contains(address)
        || alsoReachable.stream().anyMatch(range -> range.contains(address));
  }

  private static Headers headers(@Nullable String entityTag) {
    Headers plain =
        Headers.of("Accept", ACCEPT, "Accept-Encoding", "identity", "User-Agent", "Ostiary");
    return entityTag == null || entityTag.length() > LONGEST_TAG
        ? plain
        : plain.with("If-None-Match", entityTag);
  }

  private Fetched read(Reply reply, boolean conditional, TimeLeft time)
      throws FetchFailure, InterruptedException {
    boolean unread = true;
    try {
      if (conditional && reply.status() == 304) {
        return new Fetched.NotModified(reply.headers());
      }
      ReplyRules.check(reply, limit);
      unread = false;
      return new Fetched.Document(content(reply.body(), time), reply.headers());
    } finally {
      if (unread && reply.body() instanceof Body.Streamed streamed) {
        streamed.discard();
      }
    }
  }

  private Body.Whole content(Body body, TimeLeft time) throws FetchFailure, InterruptedException {
    return switch (body) {
      case Body.Whole whole when whole.length() > limit ->
          throw new FetchFailure(new FetchRefusal.TooLarge(limit));
      case Body.Whole whole -> whole;
      case Body.Streamed streamed -> {
        ContentReader reader = new ContentReader(limit);
        streamed.source().subscribe(reader);
        try {
          yield time.await(reader.content());
        } finally {
          reader.cancel();
        }
      }
    };
  }

  /** Forgets names that are still being looked up. The outbound calls stay open. */
  @Override
  public void close() {
    lookup.close();
  }

  /** What a fetch keeps to. */
  public static final class Builder {
    /** The largest limit that can be set: 64 KiB. */
    public static final int LARGEST = 64 * 1024;

    private final Outbound outbound;
    private final List<AddressRange> alsoReachable = new ArrayList<>();
    private final List<URI> configured = new ArrayList<>();
    private NameResolver resolver = NameResolver.system();
    private @Nullable FetchProxy proxy;
    private int limit = 5 * 1024;
    private int atOnce = 16;
    private int ofOneHost = 4;
    private Duration patience = Duration.ofSeconds(5);
    private Duration connectPatience = Duration.ofSeconds(2);

    private Builder(Outbound outbound) {
      this.outbound = outbound;
    }

    /** Finds addresses in another way than the operating system's. */
    public Builder resolver(NameResolver resolver) {
      this.resolver = resolver;
      return this;
    }

    /**
     * Counts these addresses as public: for tests, whose servers are on loopback. A caller that
     * names a client's URL can then reach every server there.
     */
    public Builder alsoReach(AddressRange range) {
      alsoReachable.add(range);
      return this;
    }

    /**
     * Trusts the host of a URL that the operator wrote: whatever addresses it has are connected to,
     * directly, and over http if the URL is one of http.
     */
    public Builder configured(URI uri) {
      configured.add(uri);
      return this;
    }

    /**
     * Goes through a proxy, which then resolves the names: what this machine resolves to an address
     * that is not public is still refused, what only the proxy can resolve is the proxy's to
     * refuse.
     */
    public Builder proxy(FetchProxy proxy) {
      this.proxy = proxy;
      return this;
    }

    /** The largest content, in bytes. */
    public Builder limit(int bytes) {
      if (bytes < 1 || bytes > LARGEST) {
        throw new IllegalArgumentException("a limit of 1 to " + LARGEST + " bytes");
      }
      this.limit = bytes;
      return this;
    }

    /**
     * How long a fetch may take.
     *
     * @param whole from the first look at the name to the last byte
     * @param connect to reach one address
     */
    public Builder patience(Duration whole, Duration connect) {
      this.patience = whole;
      this.connectPatience = connect;
      return this;
    }

    /** How many fetches run at once, and how many of them may be of one host. */
    public Builder atOnce(int fetches, int ofOneHost) {
      this.atOnce = fetches;
      this.ofOneHost = ofOneHost;
      return this;
    }

    public GuardedFetch build() {
      return new GuardedFetch(this);
    }
  }
}
