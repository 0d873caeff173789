package dev.ostiary.gateway;

import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.observe.CallOutcome;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.observe.RefusalReason;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class RecordingObserver implements GatewayObserver {
  private final List<String> told = new ArrayList<>();

  /** What it was told since it was last asked. */
  synchronized List<String> told() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }

  /** Waits until it has been told this. */
  synchronized void await(String line) throws InterruptedException {
    while (!told.contains(line)) {
      wait();
    }
  }

  private synchronized void tell(Object... words) {
    told.add(String.join(" ", List.of(words).stream().map(Object::toString).toList()));
    notifyAll();
  }

  @Override
  public void callEnded(
      String server, String method, String tool, CallOutcome outcome, long nanoseconds) {
    if (nanoseconds < 0) {
      throw new IllegalArgumentException("a call ended before it began");
    }
    tell(server, method, tool.isEmpty() ? "-" : tool, outcome);
  }

  @Override
  public void refused(String server, RefusalReason reason, String requestId) {
    tell(server, reason);
  }

  @Override
  public void streamOpened(String server) {
    tell(server, "opened");
  }

  @Override
  public void streamClosed(String server) {
    tell(server, "closed");
  }

  @Override
  public void backendFailed(String server, BackendFailure failure) {
    tell(server, failure);
  }

  @Override
  public void circuitOpened(String server) {
    tell(server, "circuit open");
  }

  @Override
  public void circuitClosed(String server) {
    tell(server, "circuit closed");
  }

  @Override
  public void tokenLookedUp(boolean known) {
    tell(known ? "hit" : "miss");
  }
}
