package dev.ostiary.embed.config;

import dev.ostiary.embed.config.key.MasterKeyPlace;
import dev.ostiary.embed.config.store.StoreEntry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is for the program that serves Ostiary, and of no use to another program that embeds it.
 *
 * @param listen where it listens
 * @param admin what is for operators alone
 * @param data the directory of everything that is kept here
 * @param store where everything else is kept
 * @param masterKey where the master key is; null for the file {@code master.key} in that directory
 */
public record Program(
    Listen listen, Admin admin, Path data, StoreEntry store, @Nullable MasterKeyPlace masterKey) {
  /** Where everything is kept unless the configuration says otherwise. */
  public static final Path USUAL_DATA = Path.of("ostiary-data");
}
