package dev.ostiary.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.checks.AllChecks;
import dev.ostiary.checker.server.Options;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.testkit.wrong.Fault;
import dev.ostiary.testkit.wrong.WrongNetwork;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check is shown to pass and to fail: checks and faults are joined one to one. */
final class ChecksAndFaultsTest {
  @Test
  void everyCheckHasItsFaultAndEveryFaultItsCheck() {
    assertThat(Arrays.stream(Fault.values()).map(Fault::check))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ids());
  }

  @Test
  void everyCheckHasAnIdOfItsOwn() {
    assertThat(ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void passesWhereNothingIsWrong(String id) throws IOException {
    Finding finding = find(Set.of(), id);

    assertThat(finding.status()).as(finding.why()).isEqualTo(Status.PASSED);
  }

  @ParameterizedTest
  @EnumSource
  void failsByItsFault(Fault fault) throws IOException {
    Finding finding = find(Set.of(fault), fault.check());

    assertThat(finding.status())
        .as(fault.sentence() + " " + finding.why())
        .isEqualTo(finding.check().level() == Level.MUST ? Status.FAILED : Status.WARNED);
    assertThat(finding.why()).isNotEmpty();
  }

  @Test
  void allOfThemPassTogether() throws IOException {
    Report report = SampleRun.of(Set.of(), AllChecks.list());

    assertThat(report.findings())
        .filteredOn(finding -> finding.status() != Status.PASSED)
        .extracting(finding -> finding.check().id())
        .containsExactly("foreign-host-refused");
    assertThat(report.failed()).isFalse();
  }

  @Test
  void removesEveryClientAgain() throws IOException {
    assertThat(SampleRun.of(Set.of(), AllChecks.list()).left()).isEmpty();
  }

  /** A server that is in use gets no dozen of clients from each check of it. */
  @Test
  void registersOneClientWhereItIsSparing() throws IOException {
    SampleRun.SampleMoment clock = new SampleRun.SampleMoment();
    AtomicInteger registrations = new AtomicInteger();
    try (WrongNetwork network = WrongNetwork.of(Set.of(), clock)) {
      Outbound counted =
          new Outbound() {
            @Override
            public CompletableFuture<Reply> send(OutboundRequest request) {
              if (request.method().equals("POST") && request.uri().getPath().equals("/register")) {
                registrations.incrementAndGet();
              }
              return network.send(request);
            }

            @Override
            public void close() {}
          };
      Options sparing = new Options(false, false, null, null, null, null, null, true, null);

      Report report =
          new Checker(counted, clock, "1.2.3")
              .check(network.server(), AllChecks.list(), sparing, Progress.NONE);

      assertThat(registrations).hasValue(1);
      assertThat(report.left()).isEmpty();
      assertThat(report.findings())
          .filteredOn(finding -> finding.why().startsWith("one more client than"))
          .isNotEmpty()
          .allMatch(finding -> finding.status() == Status.NOT_TESTED);
      assertThat(report.failed()).isFalse();
    }
  }

  static Stream<String> checks() {
    return AllChecks.list().stream().map(Check::id);
  }

  private static List<String> ids() {
    return checks().toList();
  }

  private static Finding find(Set<Fault> faults, String id) throws IOException {
    List<Check> only = AllChecks.list().stream().filter(check -> check.id().equals(id)).toList();
    return SampleRun.of(faults, only).findings().getFirst();
  }
}
