package dev.ostiary.simulator.settings;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.token.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What can go wrong at GitHub, to order. */
public final class Faults {
  private final Tokens tokens;
  private final Queue<Reply> tokenReplies = new ConcurrentLinkedQueue<>();
  private final Queue<Reply> apiReplies = new ConcurrentLinkedQueue<>();
  private final Set<String> suspended = ConcurrentHashMap.newKeySet();
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;
  private volatile boolean unavailable;
  private volatile Duration delay = Duration.ZERO;
  private volatile @Nullable RateLimit rateLimit;
  private volatile @Nullable String issuer;

  public Faults(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Answers the next request to the token endpoint with this; several line up. */
  public void nextTokenReply(Reply reply) {
    tokenReplies.add(reply);
  }

  /** Answers the next API request with this; several line up. */
  public void nextApiReply(Reply reply) {
    apiReplies.add(reply);
  }

  /** Ends every token of the person; what they approved stays approved. */
  public void revokeAllTokens(String login) {
    tokens.revokeIf(token -> token.account().isCalled(login));
  }

  /** Answers every API request with this limit. */
  public void rateLimit(RateLimit limit) {
    rateLimit = limit;
  }

  /** Answers everything with 503. */
  public void unavailable() {
    unavailable = true;
  }

  /** Takes effect at once, but answers later by this much. */
  public void answerSlowly(Duration by) {
    delay = by;
  }

  /** Takes effect, but keeps answers back, until {@link #release}. */
  public synchronized void hold() {
    holding = true;
  }

  /** Sends the answers that were kept back, and keeps back no more. */
  public void release() {
    List<Runnable> waiting;
    synchronized (this) {
      holding = false;
      waiting = List.copyOf(held);
      held.clear();
    }
    waiting.forEach(Runnable::run);
  }

  /** How many answers are kept back. */
  public synchronized int heldBack() {
    return held.size();
  }

  /** Refuses the application's authorization requests with {@code application_suspended}. */
  public void suspend(String clientId) {
    suspended.add(clientId);
  }

  /** Names this issuer in callbacks, in place of the right one. */
  public void issuer(String wrong) {
    issuer = wrong;
  }

  /** Ends every fault; answers that were kept back are sent. */
  public void recover() {
    tokenReplies.clear();
    apiReplies.clear();
    suspended.clear();
    unavailable = false;
    delay = Duration.ZERO;
    rateLimit = null;
    issuer = null;
    release();
  }

  public Optional<Reply> tokenReply() {
    return Optional.ofNullable(tokenReplies.poll());
  }

  public Optional<Reply> apiReply() {
    return Optional.ofNullable(apiReplies.poll());
  }

  public Optional<RateLimit> rateLimit() {
    return Optional.ofNullable(rateLimit);
  }

  public Optional<String> issuer() {
    return Optional.ofNullable(issuer);
  }

  public boolean isUnavailable() {
    return unavailable;
  }

  public boolean isSuspended(App app) {
    return suspended.contains(app.clientId());
  }

  /** Runs what sends an answer: now, later, or on release. */
  public void deliver(Runnable answer) {
    if (isHeld(answer)) {
      return;
    }
    Duration later = delay;
    if (later.isZero()) {
      answer.run();
    } else {
      CompletableFuture.delayedExecutor(later.toMillis(), TimeUnit.MILLISECONDS).execute(answer);
    }
  }

  private synchronized boolean isHeld(Runnable answer) {
    if (holding) {
      held.add(answer);
    }
    return holding;
  }
}
