package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.acceptance.RegisterEntry.Level;
import dev.ostiary.acceptance.RegisterEntry.Status;
import dev.ostiary.acceptance.RegisterEntry.Who;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The register says what is implemented, and the tests show it: neither may say more. */
final class RegisterTest {
  @Test
  void agreesWithTheTests() throws IOException {
    Register register = Register.read(SourceTree.root());

    assertThat(register.complaints(LinkedTests.read(SourceTree.root()))).isEmpty();
  }

  /** Each rule, shown to fail. */
  @Nested
  class Rules {
    @Test
    void wantATestForWhatIsImplemented() {
      assertThat(with(entry("R-1", Status.IMPLEMENTED, null)).complaints(LinkedTests.none()))
          .contains(
              "R-1 (requirements/sample.yaml): is implemented, but no test names it; write one with"
                  + " @Requirement(\"R-1\") or set the status to not-yet");
    }

    @Test
    void wantTheStatusToFollowTheTests() {
      assertThat(with(entry("R-1", Status.NOT_YET, null)).complaints(linked("R-1")))
          .contains(
              "R-1 (requirements/sample.yaml): is not-yet, but [SampleTest] shows it; say"
                  + " implemented");
    }

    @Test
    void wantAReasonForWhatIsNotApplicable() {
      assertThat(with(entry("R-1", Status.NOT_APPLICABLE, " ")).complaints(LinkedTests.none()))
          .contains("R-1 (requirements/sample.yaml): is not-applicable without a reason; give one");
    }

    @Test
    void knowEveryIdThatATestNames() {
      assertThat(with().complaints(linked("R-99")))
          .contains("R-99 ([SampleTest]): unknown; correct the id or add it to the register");
    }

    @Test
    void wantEachIdOnce() {
      RegisterEntry entry = entry("R-1", Status.NOT_YET, null);

      assertThat(with(entry, entry).complaints(LinkedTests.none()))
          .contains("R-1 (requirements/sample.yaml): stands in the register twice; remove one");
    }

    @Test
    void wantEveryRequirementListed() {
      assertThat(with(entry("G-1", Status.NOT_YET, null)).complaints(LinkedTests.none()))
          .contains("G-2: missing; add it again")
          .doesNotContain("G-1: missing; add it again");
    }

    private static RegisterEntry entry(String id, Status status, @Nullable String reason) {
      return new RegisterEntry(
          id, Level.MUST, null, null, null, Who.BOTH, "wording", "source", status, reason);
    }

    private static Register with(RegisterEntry... entries) {
      List<Register.Located> located = new ArrayList<>();
      for (RegisterEntry entry : entries) {
        located.add(new Register.Located(entry, "requirements/sample.yaml"));
      }
      return new Register(located);
    }

    private static LinkedTests linked(String id) {
      return new LinkedTests(Map.of(id, Set.of("SampleTest")));
    }
  }
}
