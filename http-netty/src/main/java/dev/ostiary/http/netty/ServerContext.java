package dev.ostiary.http.netty;

import dev.ostiary.http.Service;
import java.security.SecureRandom;

/** What the connections of one listener share. */
final class ServerContext {
  /** What is told to every connection. */
  enum Event {
    STOPPING
  }

  private final Options options;
  private final Service service;
  private final ContentBudget budget;
  private final DateField date;
  private final SecureRandom seeds = new SecureRandom();
  private volatile boolean stopping;

  ServerContext(Options options, Service service) {
    this.options = options;
    this.service = service;
    this.budget = new ContentBudget(options.limits().contents());
    this.date = new DateField(options.time());
  }

  Limits limits() {
    return options.limits();
  }

  Timeouts patience() {
    return options.patience();
  }

  Service service() {
    return service;
  }

  ContentBudget budget() {
    return budget;
  }

  DateField date() {
    return date;
  }

  RequestIds requestIds() {
    return new RequestIds(seeds);
  }

  boolean stopping() {
    return stopping;
  }

  void stop() {
    stopping = true;
  }
}
