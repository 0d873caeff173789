package dev.ostiary.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.protocol.ClientId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditFileTest {
  @TempDir private Path folder;

  @Test
  void keepsTheOrderOfMoreEventsThanItsQueueHolds() throws Exception {
    Path file = folder.resolve("audit.jsonl");
    int many = 20_000;

    try (AuditFile audit = AuditFile.open(file)) {
      IntStream.range(0, many).forEach(i -> audit.record(denied(i)));
    }

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(many);
    assertThat(IntStream.range(0, many))
        .allSatisfy(i -> assertThat(lines.get(i)).contains("\"request\":\"r" + i + "\""));
  }

  @Test
  void appendsToWhatIsThere() throws Exception {
    Path file = folder.resolve("audit.jsonl");
    for (int start = 0; start < 2; start++) {
      try (AuditFile audit = AuditFile.open(file)) {
        audit.record(denied(start));
      }
    }

    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void isForItsOwnerAlone() throws Exception {
    Path file = folder.resolve("audit.jsonl");
    AuditFile.open(file).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static AuditEvent denied(int number) {
    return new AuditEvent.ConsentDenied(
        Instant.parse("2026-11-21T21:00:00Z"), "r" + number, new ClientId("c"));
  }
}
