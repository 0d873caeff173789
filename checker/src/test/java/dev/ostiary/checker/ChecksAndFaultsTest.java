package dev.ostiary.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.checks.AllChecks;
import dev.ostiary.testkit.wrong.Fault;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
