package dev.ostiary.gateway.call;

import dev.ostiary.protocol.GrantId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a backend is still working on, and the streams that go on, by the grant that they
 * are made with. Those that are made with tokens of foreign authorization servers have none.
 */
public final class RunningCalls {
  private final ConcurrentMap<GrantId, Set<RunningCall>> calls = new ConcurrentHashMap<>();
  private final Set<RunningCall> foreign = ConcurrentHashMap.newKeySet();

  void add(@Nullable GrantId grant, RunningCall call) {
    if (grant == null) {
      foreign.add(call);
      return;
    }
    calls.compute(
        grant,
        (_, others) -> {
          Set<RunningCall> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(call);
          return all;
        });
  }

  void remove(@Nullable GrantId grant, RunningCall call) {
    if (grant == null) {
      foreign.remove(call);
      return;
    }
    calls.computeIfPresent(
        grant,
        (_, all) -> {
          all.remove(call);
          return all.isEmpty() ? null : all;
        });
  }

  public int size() {
    return Math.toIntExact(all().count());
  }

  public void end(GrantId grant) {
    Set<RunningCall> all = calls.remove(grant);
    if (all != null) {
      all.forEach(RunningCall::revoked);
    }
  }

  /** Ends the calls that are made with one access token of our own. */
  public void end(String jti) {
    withGrant().filter(call -> call.isMadeWith(jti)).forEach(RunningCall::revoked);
  }

  /** Ends the streams that do not end by themselves. */
  public void stopLasting() {
    all().filter(call -> call.isStreaming() && call.isLasting()).forEach(RunningCall::stop);
  }

  /** Ends everything. */
  public void stop() {
    all().forEach(RunningCall::stop);
  }

  /** Ends all streams that have a grant: it is not known which grants are still valid. */
  public void endStreams() {
    withGrant().filter(RunningCall::isStreaming).forEach(RunningCall::revoked);
  }

  private Stream<RunningCall> withGrant() {
    return calls.values().stream().flatMap(Set::stream);
  }

  private Stream<RunningCall> all() {
    return Stream.concat(withGrant(), foreign.stream());
  }
}
