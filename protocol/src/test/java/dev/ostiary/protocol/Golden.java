package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The documents that our messages are compared with, as files beside the tests. */
public final class Golden {
  private Golden() {}

  public static void assertSame(String json, String file) {
    assertThat(Json.readObject(json.getBytes(StandardCharsets.UTF_8)))
        .isPresent()
        .isEqualTo(Json.readObject(read(file)));
  }

  public static byte[] read(String file) {
    try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(file), file)) {
      return in.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
