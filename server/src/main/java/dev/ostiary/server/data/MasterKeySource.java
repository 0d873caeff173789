package dev.ostiary.server.data;

import dev.ostiary.authorization.key.KmsMasterKey;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.embed.config.key.MasterKeyPlace;
import dev.ostiary.server.exit.StartRefused;
import java.security.GeneralSecurityException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the master key is had from. */
@FunctionalInterface
public interface MasterKeySource {
  /** The key of a store. Blocks. */
  MasterKey read(Store store) throws StartRefused;

  /**
   * For a server that starts, before it opens its store: what can be read without one is read now.
   * A key in the data directory is made when the directory is new.
   *
   * @param place null for the data directory
   */
  static MasterKeySource ofServer(DataDirectory directory, @Nullable MasterKeyPlace place)
      throws StartRefused {
    if (place == null && directory.isOfSharedStore()) {
      return directory::masterKey;
    }
    if (place == null) {
      MasterKey key = directory.masterKey();
      return _ -> key;
    }
    directory.checkDatabase();
    if (place instanceof MasterKeyPlace.Kms) {
      return store -> read(place, store);
    }
    MasterKey key = read(place);
    return _ -> key;
  }

  /** For a command, which makes no key where there is none. */
  static MasterKeySource existing(DataDirectory directory, @Nullable MasterKeyPlace place) {
    return store -> place == null ? directory.existingMasterKey() : read(place, store);
  }

  private static MasterKey read(MasterKeyPlace place, Store store) throws StartRefused {
    try {
      return place instanceof MasterKeyPlace.Kms(String uri)
          ? KmsMasterKey.of(uri, store)
          : read(place);
    } catch (KmsMasterKey.Unusable unusable) {
      String message = String.valueOf(unusable.getMessage());
      throw StartRefused.data(
          message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".");
    }
  }

  /** A key that needs no store. */
  static MasterKey read(MasterKeyPlace place) throws StartRefused {
    return switch (place) {
      case MasterKeyPlace.OfFile(var file) -> new MasterKeyFile(file).configured();
      case MasterKeyPlace.Text(var text) -> {
        try {
          yield MasterKey.parse(text.reveal());
        } catch (GeneralSecurityException malformed) {
          throw StartRefused.configuration(
              "master-key must be 64 hexadecimal digits in lower case, as `openssl rand -hex 32`"
                  + " makes them.");
        }
      }
      case MasterKeyPlace.Kms(String uri) ->
          throw new IllegalArgumentException(uri + " needs a store");
    };
  }
}
