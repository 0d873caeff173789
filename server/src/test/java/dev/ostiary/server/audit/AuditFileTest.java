package dev.ostiary.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditFileTest {
  private static final Instant AT = Instant.parse("2026-11-21T21:00:00Z");

  @TempDir private Path folder;

  @Test
  void hasWrittenAnEventWhenItHasBeenRecorded() throws Exception {
    try (AuditFile audit = AuditFile.open(file())) {
      for (int i = 0; i < 100; i++) {
        audit.record(rotated(i));

        assertThat(Files.readAllLines(file())).hasSize(i + 1);
      }
    }
  }

  @Test
  void keepsTheOrderOfEachOfManyThreads() throws Exception {
    int threads = 32;
    int each = 200;
    try (AuditFile audit = AuditFile.open(file());
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < threads; t++) {
        int first = t * each;
        executor.execute(
            () -> IntStream.range(first, first + each).forEach(i -> audit.record(rotated(i))));
      }
    }

    List<Integer> numbers =
        Files.readAllLines(file()).stream()
            .map(line -> Integer.valueOf(line.replaceFirst(".*\"request\":\"r(\\d+)\".*", "$1")))
            .toList();
    assertThat(numbers).hasSize(threads * each).doesNotHaveDuplicates();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      assertThat(numbers.stream().filter(number -> number / each == thread)).isSorted();
    }
  }

  @Test
  void beginsALineOfItsOwnBehindOneThatWasCutOff() throws Exception {
    Files.writeString(file(), "{\"at\":\"2026-11");

    try (AuditFile audit = AuditFile.open(file())) {
      audit.record(rotated(1));
      audit.record(rotated(2));
    }

    assertThat(Files.readAllLines(file())).hasSize(3);
  }

  @Test
  void tellsTheNumberOfRefusedRequestsInsteadOfEach() throws Exception {
    try (AuditFile audit = AuditFile.open(file())) {
      for (int i = 0; i < 20_000; i++) {
        audit.record(refused(i, AT));
        audit.record(rotated(i));
      }
      assertThat(lines("token.refused")).hasSize(EventBudget.MOST);

      audit.record(refused(1, AT.plus(Duration.ofMinutes(10))));
      assertThat(lines("events.omitted"))
          .singleElement()
          .asString()
          .contains("\"of\":\"token.refused\",\"count\":\"19400\"");
      assertThat(lines("token.refused")).hasSize(EventBudget.MOST + 1);

      for (int i = 0; i < EventBudget.MOST; i++) {
        audit.record(refused(i, AT.plus(Duration.ofMinutes(11))));
      }
    }
    assertThat(lines("refresh.rotated")).hasSize(20_000);
    assertThat(lines("events.omitted")).hasSize(2).last().asString().contains("\"count\":\"1\"");
  }

  @Test
  void cutsAValueThatACallerChoseTooLong() throws Exception {
    try (AuditFile audit = AuditFile.open(file())) {
      audit.record(new AuditEvent.TokenRefused(AT, "r1", "x".repeat(60_000), "invalid_client"));
    }

    assertThat(Files.size(file())).isLessThan(2300);
  }

  @Test
  void saysThatItCannotWrite() throws Exception {
    AuditFile audit = AuditFile.open(file());
    audit.record(rotated(1));
    assertThat(audit.trouble()).isEmpty();
    audit.close();

    audit.record(rotated(2));

    assertThat(audit.trouble()).contains("audit events cannot be written");
  }

  @Test
  void appendsToWhatIsThere() throws Exception {
    for (int start = 0; start < 2; start++) {
      try (AuditFile audit = AuditFile.open(file())) {
        audit.record(rotated(start));
      }
    }

    assertThat(Files.readAllLines(file())).hasSize(2);
  }

  @Test
  void isForItsOwnerAlone() throws Exception {
    AuditFile.open(file()).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  private Path file() {
    return folder.resolve("audit.jsonl");
  }

  private List<String> lines(String event) throws Exception {
    return Files.readAllLines(file()).stream()
        .filter(line -> line.contains("\"event\":\"" + event + "\""))
        .toList();
  }

  private static AuditEvent rotated(int number) {
    return new AuditEvent.RefreshRotated(AT, "r" + number, new GrantId("g"), new ClientId("c"));
  }

  private static AuditEvent refused(int number, Instant at) {
    return new AuditEvent.TokenRefused(at, "r" + number, "c", "invalid_client");
  }
}
