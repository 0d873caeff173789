package dev.ostiary.server.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a file, in words. */
public final class IoErrors {
  private IoErrors() {}

  public static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "it does not exist";
      case FileSystemException known when known.getReason() != null -> reason(known.getReason());
      default -> reason(failure.getMessage());
    };
  }

  private static String reason(@Nullable String text) {
    return text == null ? "unknown trouble" : text;
  }
}
