package dev.ostiary.gateway.call;

import dev.ostiary.protocol.GrantId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The calls that a backend is still working on, and the streams that go on, by the grant that they
 * are made with.
 */
public final class RunningCalls {
  private final ConcurrentMap<GrantId, Set<RunningCall>> calls = new ConcurrentHashMap<>();

  void add(GrantId grant, RunningCall call) {
    calls.compute(
        grant,
        (_, others) -> {
          Set<RunningCall> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(call);
          return all;
        });
  }

  void remove(GrantId grant, RunningCall call) {
    calls.computeIfPresent(
        grant,
        (_, all) -> {
          all.remove(call);
          return all.isEmpty() ? null : all;
        });
  }

  public int size() {
    return calls.values().stream().mapToInt(Set::size).sum();
  }

  public void end(GrantId grant) {
    Set<RunningCall> all = calls.remove(grant);
    if (all != null) {
      all.forEach(RunningCall::revoked);
    }
  }

  /** Ends the calls that are made with one access token. */
  public void end(String jti) {
    calls.values().stream()
        .flatMap(Set::stream)
        .filter(call -> call.isMadeWith(jti))
        .forEach(RunningCall::revoked);
  }

  /** Ends the streams that do not end by themselves. */
  public void stopLasting() {
    calls.values().stream()
        .flatMap(Set::stream)
        .filter(call -> call.isStreaming() && call.isLasting())
        .forEach(RunningCall::stop);
  }

  /** Ends everything. */
  public void stop() {
    calls.values().stream().flatMap(Set::stream).forEach(RunningCall::stop);
  }

  /** Ends all streams: it is not known which grants are still valid. */
  public void endStreams() {
    calls.values().stream()
        .flatMap(Set::stream)
        .filter(RunningCall::isStreaming)
        .forEach(RunningCall::revoked);
  }
}
