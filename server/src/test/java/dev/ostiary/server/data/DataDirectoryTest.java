package dev.ostiary.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.server.RecordedLog;
import dev.ostiary.server.exit.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataDirectoryTest {
  @TempDir private Path folder;

  @Test
  void isMadeForItsOwnerAlone() throws Exception {
    Path path = folder.resolve("a/b");

    DataDirectory.open(path);

    assertThat(permissions(path)).isEqualTo("rwx------");
  }

  @Test
  void isClosedToOthersIfItIsEmptyStill() throws Exception {
    Path path = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));

    DataDirectory.open(path);

    assertThat(permissions(path)).isEqualTo("rwx------");
  }

  @Test
  void keepsTheRightsThatSomebodyGaveLater() throws Exception {
    Path path = Files.createDirectory(folder.resolve("data"));
    Files.writeString(path.resolve("ostiary.db"), "");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));

    DataDirectory.open(path);

    assertThat(permissions(path)).isEqualTo("rwxr-x---");
  }

  @Test
  void isNotAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(StartRefused.class)
        .hasMessage(file + " is not a directory. Set 'data' to one, or move the file away.");
  }

  @Nested
  class TheMasterKey {
    @Test
    void isMadeOnceForItsOwnerAlone() throws Exception {
      MasterKey first = DataDirectory.open(folder).masterKey();
      MasterKey second = DataDirectory.open(folder).masterKey();

      assertThat(permissions(folder.resolve("master.key"))).isEqualTo("rw-------");
      assertThat(second.derive("test").of("x")).isEqualTo(first.derive("test").of("x"));
    }

    @Test
    void isRefusedWhenOthersMayReadIt() throws Exception {
      DataDirectory.open(folder).masterKey();
      Path key = folder.resolve("master.key");
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

      assertThatThrownBy(() -> DataDirectory.open(folder).masterKey())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("can be read by others (rw-r-----)")
          .hasMessageContaining("chmod 600 " + key);
    }

    @Test
    void isNotMadeAnewForADatabaseThatNeedsTheLostOne() throws Exception {
      Files.writeString(folder.resolve("ostiary.db"), "content");

      assertThatThrownBy(() -> DataDirectory.open(folder).masterKey())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("is missing, and without it the database beside it cannot be read")
          .hasMessageContaining("Restore the key from your backup");
      assertThat(folder.resolve("master.key")).doesNotExist();
    }

    @Test
    void isMadeAnewInPlaceOfAnEmptyFileThatSealedNothing() throws Exception {
      Files.createFile(folder.resolve("master.key"));
      Files.writeString(folder.resolve("master.key.new"), "half");

      MasterKey made = DataDirectory.open(folder).masterKey();

      assertThat(permissions(folder.resolve("master.key"))).isEqualTo("rw-------");
      assertThat(DataDirectory.open(folder).masterKey().derive("test").of("x"))
          .isEqualTo(made.derive("test").of("x"));
      assertThat(folder.resolve("master.key.new")).doesNotExist();
    }

    @Test
    void staysAwayWhenItCannotBeWrittenWhole() throws Exception {
      Files.createDirectories(folder.resolve("master.key.new/something"));

      assertThatThrownBy(() -> DataDirectory.open(folder).masterKey())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("cannot be used");
      assertThat(folder.resolve("master.key")).doesNotExist();
    }

    @Test
    void isRefusedWithoutRepeatingWhatIsThereInstead() throws Exception {
      DataDirectory.open(folder).masterKey();
      Files.writeString(folder.resolve("master.key"), "hunter2");

      assertThatThrownBy(() -> DataDirectory.open(folder).masterKey())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("does not hold a master key")
          .hasMessageNotContaining("hunter2");
    }
  }

  @Nested
  class ADatabaseThatIsGone {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isMissedWhereThereIsAKey(boolean emptied) throws Exception {
      DataDirectory.open(folder).masterKey();
      if (emptied) {
        Files.createFile(folder.resolve("ostiary.db"));
      }

      try (RecordedLog log = new RecordedLog(DataDirectory.class)) {
        DataDirectory.open(folder).masterKey();

        assertThat(log.text())
            .contains("is missing or empty, though a server has run here")
            .contains("everybody has to sign in again");
      }
    }

    @Test
    void isMissedWhereThereIsAnAuditStream() throws Exception {
      Files.writeString(folder.resolve("audit.jsonl"), "{}\n");

      try (RecordedLog log = new RecordedLog(DataDirectory.class)) {
        DataDirectory.open(folder).masterKey();

        assertThat(log.text()).contains("is missing or empty");
      }
    }

    @Test
    void isNotMissedWhereNothingHasRunYetOrAllIsThere() throws Exception {
      try (RecordedLog log = new RecordedLog(DataDirectory.class)) {
        DataDirectory.open(folder).masterKey();
        Files.writeString(folder.resolve("ostiary.db"), "content");
        DataDirectory.open(folder).masterKey();

        assertThat(log.text()).isEmpty();
      }
    }

    @Test
    void isNotBegunAnewBesideItsLogWhichSqliteWouldDelete() throws Exception {
      DataDirectory.open(folder).masterKey();
      Files.createFile(folder.resolve("ostiary.db"));
      Files.writeString(folder.resolve("ostiary.db-wal"), "content");

      assertThatThrownBy(() -> DataDirectory.open(folder).masterKey())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("is missing or empty, and its log ostiary.db-wal is not");
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
