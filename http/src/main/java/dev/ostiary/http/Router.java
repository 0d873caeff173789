package dev.ostiary.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends each request to what is at its path. Paths are compared exactly, byte for byte; where
 * nothing is at exactly this path, an endpoint may be that takes any last segment. Endpoints may
 * block and run on the executor; services are called at once and do not block.
 */
public final class Router implements Service {
  /** Scripts look for metadata at several addresses, and have to see that one has none. */
  private static final Reply NOT_FOUND =
      CrossOrigin.readable(
          Reply.text(404, "There is nothing at this address. Check the path of the URL.\n"));

  private static final Reply STOPPING =
      Reply.text(503, "This server is shutting down. Try again in a moment.\n")
          .with("Retry-After", "1");

  private final Map<String, Path> paths;
  private final Map<String, Service> services;
  private final Executor blocking;
  private final Rescue rescue = new Rescue();

  /** A router whose endpoints run on one virtual thread a request. */
  public Router(List<Endpoint> endpoints, Map<String, Service> services) {
    this(endpoints, services, Executors.newVirtualThreadPerTaskExecutor());
  }

  /**
   * @param services by their exact path; they say themselves which methods they know
   * @param blocking where endpoints run; the caller closes it
   * @throws IllegalArgumentException if two of them want the same method of the same path
   */
  public Router(List<Endpoint> endpoints, Map<String, Service> services, Executor blocking) {
    Map<String, List<Endpoint>> byPath = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      byPath.computeIfAbsent(endpoint.route().path(), _ -> new ArrayList<>()).add(endpoint);
    }
    Map<String, Path> built = new HashMap<>();
    byPath.forEach((path, there) -> built.put(path, new Path(path, there)));
    for (String path : services.keySet()) {
      if (built.containsKey(path)) {
        throw new IllegalArgumentException("both an endpoint and a service at " + path);
      }
    }
    this.paths = Map.copyOf(built);
    this.services = Map.copyOf(services);
    this.blocking = blocking;
  }

  /** Every endpoint's route and who may call it, sorted by path. */
  public List<Listed> routes() {
    return paths.values().stream()
        .flatMap(path -> path.endpoints().stream())
        .map(endpoint -> new Listed(endpoint.route(), endpoint.access()))
        .sorted(
            Comparator.comparing((Listed listed) -> listed.route().path())
                .thenComparing(listed -> String.join(",", listed.route().methods())))
        .toList();
  }

  /** The paths of the services, sorted. */
  public List<String> servicePaths() {
    return List.copyOf(new TreeSet<>(services.keySet()));
  }

  @Override
  public void serve(Exchange exchange) {
    Exchange stamped = new StampedExchange(exchange);
    Request request = exchange.request();
    Service service = services.get(request.path());
    if (service != null) {
      rescue.run(stamped, () -> service.serve(stamped));
      return;
    }
    Path path = find(request.path());
    if (path == null) {
      boolean preflight = CrossOrigin.isPreflight(request);
      stamped.reply(preflight ? CrossOrigin.preflight(List.of("GET", "HEAD")) : NOT_FOUND);
      return;
    }
    Endpoint endpoint = path.at(request.method());
    if (endpoint == null) {
      stamped.reply(path.withoutEndpoint(request));
      return;
    }
    answer(endpoint, stamped);
  }

  private @Nullable Path find(String path) {
    Path exact = paths.get(path);
    int segment = path.lastIndexOf('/') + 1;
    return exact != null || segment == path.length()
        ? exact
        : paths.get(path.substring(0, segment) + "*");
  }

  private void answer(Endpoint endpoint, Exchange exchange) {
    Exchange open = endpoint.route().crossOrigin() ? new CrossOriginExchange(exchange) : exchange;
    Exchange answered = open.request().method().equals("HEAD") ? new HeadExchange(open) : open;
    Request head = answered.request();
    answered.read(
        new ContentLimit(endpoint.route().bodyLimit(), head.remote()),
        content -> run(endpoint, answered, head.with(content)));
  }

  private void run(Endpoint endpoint, Exchange exchange, Request request) {
    try {
      blocking.execute(() -> rescue.run(exchange, () -> exchange.reply(endpoint.handle(request))));
    } catch (RejectedExecutionException stopping) {
      exchange.reply(STOPPING);
    }
  }

  /** An endpoint's place and who may call it. */
  public record Listed(Route route, Access access) {}

  /** The endpoints of one path, by method. */
  private static final class Path {
    private final Map<String, Endpoint> byMethod = new HashMap<>();
    private final List<Endpoint> endpoints;

    Path(String path, List<Endpoint> endpoints) {
      this.endpoints = List.copyOf(endpoints);
      for (Endpoint endpoint : endpoints) {
        for (String method : endpoint.route().methods()) {
          if (byMethod.put(method, endpoint) != null) {
            throw new IllegalArgumentException("two endpoints for " + method + " " + path);
          }
        }
      }
    }

    List<Endpoint> endpoints() {
      return endpoints;
    }

    @Nullable Endpoint at(String method) {
      Endpoint exact = byMethod.get(method);
      return exact == null && method.equals("HEAD") ? byMethod.get("GET") : exact;
    }

    Reply withoutEndpoint(Request request) {
      List<String> open = methods(true);
      if (!open.isEmpty() && request.method().equals("OPTIONS")) {
        return CrossOrigin.preflight(open);
      }
      List<String> allowed = methods(false);
      Reply refused =
          Reply.text(405, "This address does not answer " + request.method() + " requests.\n")
              .with("Allow", String.join(", ", allowed));
      return open.isEmpty() ? refused : CrossOrigin.readable(refused);
    }

    private List<String> methods(boolean onlyCrossOrigin) {
      TreeSet<String> methods = new TreeSet<>();
      byMethod.forEach(
          (method, endpoint) -> {
            if (!onlyCrossOrigin || endpoint.route().crossOrigin()) {
              methods.add(method);
              if (method.equals("GET")) {
                methods.add("HEAD");
              }
            }
          });
      if (endpoints.stream().anyMatch(endpoint -> endpoint.route().crossOrigin())) {
        methods.add("OPTIONS");
      }
      return List.copyOf(methods);
    }
  }
}
