package dev.ostiary.checker;

import dev.ostiary.checker.http.Clock;
import dev.ostiary.checker.server.Options;
import dev.ostiary.checker.signin.AutoSignIn;
import dev.ostiary.testkit.wrong.Fault;
import dev.ostiary.testkit.wrong.WrongNetwork;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs of the checker against the deliberately wrong server, with all that a check may need. */
public final class SampleRun {
  /** The only check that is about servers on loopback. */
  private static final String ON_LOOPBACK = "foreign-host-refused";

  private SampleRun() {}

  /** Time that passes only when the checker lets it. */
  public static final class SampleMoment implements Clock, InstantSource {
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void pass(Duration time) {
      now = now.plus(time);
    }
  }

  public static Report of(Set<Fault> faults, List<Check> checks) throws IOException {
    SampleMoment clock = new SampleMoment();
    boolean loopback = checks.size() == 1 && checks.getFirst().id().equals(ON_LOOPBACK);
    try (WrongNetwork network =
        loopback ? WrongNetwork.onLoopback(faults, clock) : WrongNetwork.of(faults, clock)) {
      Options options =
          new Options(
              false,
              true,
              null,
              new AutoSignIn("http://127.0.0.1:53682/callback", List.of("http*"), Map.of()),
              null,
              null,
              WrongNetwork.DOCUMENT,
              false,
              network.neighbour());
      return new Checker(network, clock, "1.2.3")
          .check(network.server(), checks, options, Progress.NONE);
    }
  }
}
