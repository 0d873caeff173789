package dev.ostiary.gateway.call;

import dev.ostiary.gateway.observe.CallMetrics;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.ReplyHeaders;
import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.gateway.stream.FilteredEvents;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.ListFilter;
import dev.ostiary.mcp.RawJson;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What a client is shown of a backend's answer: what the policy allows, in the form it takes.
 *
 * @param server its name
 * @param id of the request; null if it asks for no answer
 * @param asEvents whether the client takes answers as events only
 * @param filter what has to change in the answer; null if nothing has
 * @param origin whose script reads the reply; null if none does
 */
record ShownAnswer(
    String server,
    @Nullable RawJson id,
    boolean asEvents,
    @Nullable ListFilter filter,
    @Nullable String origin,
    CallMetrics metrics) {
  /** The longest answer, or event of it, that is held to be changed: 4 MiB. */
  static final int HELD = 4 * 1024 * 1024;

  /** Whether an answer that is no stream of events has to be held as a whole. */
  boolean isChanged() {
    return filter != null || asEvents;
  }

  Reply whole(int status, Headers headers, byte[] json) {
    Optional<byte[]> shown = shown(json);
    if (shown.isEmpty()) {
      return new Reply(502, ReplyHeaders.json(origin), Body.of(unreadable()));
    }
    if (asEvents && status == 200 && !AnswerEvents.isIn(headers)) {
      Headers events = headers.replace("Content-Type", "text/event-stream");
      byte[] event = Event.message(shown.get());
      return new Reply(status, headers(events, true), Body.of(event));
    }
    return new Reply(status, headers(headers, false), Body.of(shown.get()));
  }

  Flow.Publisher<ByteBuffer> source(Body.Streamed streamed, boolean events) {
    return events && filter != null
        ? new FilteredEvents(
            streamed.source(), data -> shown(data).orElseGet(this::unreadable), HELD)
        : metrics.answer(streamed.source(), events);
  }

  Headers headers(Headers answer, boolean events) {
    return events ? ReplyHeaders.events(answer, origin) : ReplyHeaders.relayed(answer, origin);
  }

  byte[] unreadable() {
    return BackendErrors.unreadable(server).toJson(id);
  }

  /** Empty if what the caller may see of it cannot be told, so that nothing is shown. */
  private Optional<byte[]> shown(byte[] json) {
    metrics.answer(json);
    return filter == null || json.length == 0 ? Optional.of(json) : filter.apply(json);
  }
}
