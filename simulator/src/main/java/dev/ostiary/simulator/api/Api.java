package dev.ostiary.simulator.api;

import dev.ostiary.http.Body;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.api.ApiRoute.Needs;
import dev.ostiary.simulator.api.HourlyLimits.Usage;
import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.settings.Faults;
import dev.ostiary.simulator.settings.RateLimit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The REST API: what every call is checked for, then its resource, then the headers. */
public final class Api {
  private final List<ApiRoute> routes;
  private final Callers callers;
  private final HourlyLimits limits = new HourlyLimits();
  private final Faults faults;
  private final boolean hourlyLimits;
  private final InstantSource time;

  public Api(
      List<ApiRoute> routes,
      Callers callers,
      Faults faults,
      boolean hourlyLimits,
      InstantSource time) {
    this.routes = routes;
    this.callers = callers;
    this.faults = faults;
    this.hourlyLimits = hourlyLimits;
    this.time = time;
  }

  /** Answers a call of a path below {@code /api/v3}. */
  public Reply call(Request request, String path) {
    if (request.headers().first("User-Agent").filter(agent -> !agent.isBlank()).isEmpty()) {
      return Reply.text(
          403,
          "Request forbidden by administrative rules. Please make sure your request has a"
              + " User-Agent header.");
    }
    Optional<ApiVersion> version = ApiVersion.wanted(request);
    if (version.isEmpty()) {
      return plain(Answer.error(400, "The API version in X-GitHub-Api-Version is not supported."));
    }
    return faults.apiReply().orElseGet(() -> call(request, path, version.get()));
  }

  private Reply call(Request request, String path, ApiVersion version) {
    Instant now = time.instant();
    Caller caller = callers.recognize(request, now);
    Usage usage = limits.take(caller, now);
    Optional<Answer> limited = limited(caller, usage);
    if (limited.isPresent()) {
      Usage shown = isPrimary(faults.rateLimit()) ? usage.asExhausted() : usage;
      return counted(plain(limited.get()), shown);
    }
    for (ApiRoute route : routes) {
      Optional<Map<String, String>> segments = route.match(request.method(), path);
      if (segments.isPresent()) {
        Call call =
            new Call(
                caller, path, segments.get(), Parameters.query(request), request.body(), version);
        return finish(request, call, route, answer(route, call), usage);
      }
    }
    Answer none = caller instanceof Caller.Impostor ? Answer.badCredentials() : Answer.notFound();
    return counted(ApiHeaders.version(plain(none), version), usage);
  }

  private static Answer answer(ApiRoute route, Call call) {
    return switch (call.caller()) {
      case Caller.Impostor _ -> Answer.badCredentials();
      case Caller.Nobody _ when route.needs() != Needs.NOTHING ->
          Answer.error(401, "Requires authentication");
      case Caller.Bearer _ when route.needs() == Needs.APPLICATION -> Answer.notFound();
      case Caller.Application _ when route.needs() == Needs.TOKEN -> Answer.badCredentials();
      default -> route.resource().apply(call);
    };
  }

  /** The limit to order, or the real one when it is used up. */
  private Optional<Answer> limited(Caller caller, Usage usage) {
    return switch (faults.rateLimit().orElse(null)) {
      case RateLimit.Primary primary -> Optional.of(primary(primary.status(), caller));
      case RateLimit.Secondary secondary -> Optional.of(secondary(secondary));
      case null ->
          hourlyLimits && usage.isExceeded() ? Optional.of(primary(403, caller)) : Optional.empty();
    };
  }

  /** Without limits there is nothing to tell, but for a limit to order. */
  private Reply counted(Reply reply, Usage usage) {
    return hourlyLimits || isPrimary(faults.rateLimit())
        ? ApiHeaders.rateLimit(reply, usage)
        : reply;
  }

  private static boolean isPrimary(Optional<RateLimit> limit) {
    return limit.filter(RateLimit.Primary.class::isInstance).isPresent();
  }

  private static Answer primary(int status, Caller caller) {
    return Answer.error(status, "API rate limit exceeded for " + caller.bucket() + ".");
  }

  private static Answer secondary(RateLimit.Secondary limit) {
    Answer answer =
        Answer.error(
            limit.status(),
            "You have exceeded a secondary rate limit. Please wait before you try again.");
    return limit.retryAfter() == null
        ? answer
        : answer.with("Retry-After", Long.toString(limit.retryAfter().toSeconds()));
  }

  private Reply finish(Request request, Call call, ApiRoute route, Answer answer, Usage usage) {
    Reply reply = ApiHeaders.version(plain(answer), call.version());
    Usage counted = usage;
    if (answer.status() == 200 && route.method().equals("GET")) {
      byte[] content = content(answer.json());
      if (ApiHeaders.isKnown(request, content)) {
        counted = limits.giveBack(call.caller(), time.instant());
        reply = new Reply(304, reply.headers().without("Content-Type"), Body.empty());
      }
      reply = ApiHeaders.entityTag(reply, content);
    }
    reply = counted(reply, counted);
    return call.caller().accessToken().isPresent()
        ? ApiHeaders.scopes(reply, call.token(), route)
        : reply;
  }

  private static Reply plain(Answer answer) {
    Reply reply =
        answer.json() == null
            ? Reply.of(answer.status())
            : Reply.json(answer.status(), content(answer.json()));
    for (var field : answer.headers().fields()) {
      reply = reply.with(field.name(), field.value());
    }
    return reply;
  }

  private static byte[] content(@Nullable JsonNode json) {
    return json == null ? new byte[0] : Json.write(json);
  }
}
