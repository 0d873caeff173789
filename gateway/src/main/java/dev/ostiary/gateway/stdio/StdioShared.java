package dev.ostiary.gateway.stdio;

import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.stream.Ticker;
import java.lang.System.Logger;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What the children of all servers share.
 *
 * @param executor for work that blocks: a virtual thread for each
 */
public record StdioShared(
    ProcessHost host,
    Homes homes,
    LineBudget budget,
    Executor executor,
    Ticker ticker,
    GatewayObserver observer,
    Logger log) {
  /** Runs work that has to be done also while Ostiary is stopping. */
  void later(Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException stopping) {
      Thread.startVirtualThread(work);
    }
  }
}
