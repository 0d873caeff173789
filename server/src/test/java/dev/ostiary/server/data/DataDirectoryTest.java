package dev.ostiary.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.server.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void isRefusedWithoutRepeatingWhatIsThereInstead() throws Exception {
      DataDirectory.open(folder).masterKey();
      Files.writeString(folder.resolve("master.key"), "hunter2");

      assertThatThrownBy(() -> DataDirectory.open(folder).masterKey())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("does not hold a master key")
          .hasMessageNotContaining("hunter2");
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
