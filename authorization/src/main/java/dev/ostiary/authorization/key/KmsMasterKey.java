package dev.ostiary.authorization.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.KmsClients;
import dev.ostiary.authorization.store.DataKeyStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * A master key that a key management service (KMS) seals: it lies in the store as ciphertext, and
 * every node has the service open it when it starts. The service is called by a client of Tink.
 */
public final class KmsMasterKey {
  private static final System.Logger LOG = System.getLogger(KmsMasterKey.class.getName());
  private static final byte[] CONTEXT = "ostiary master key".getBytes(StandardCharsets.UTF_8);

  /** The package of Tink, and the group of its artifacts. */
  private static final String TINK = KmsClient.class.getPackageName();

  /** Tink's own client for keys of a scheme, which no file of services names. */
  private record TinkClient(String artifact, String client) {}

  private static final Map<String, TinkClient> CLIENTS =
      Map.of(
          "aws-kms",
          new TinkClient(TINK + ":tink-awskms", TINK + ".integration.awskms.AwsKmsClient"),
          "gcp-kms",
          new TinkClient(TINK + ":tink-gcpkms", TINK + ".integration.gcpkms.GcpKmsClient"));

  private KmsMasterKey() {}

  /** The key cannot be had. */
  public static final class Unusable extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private Unusable(String message) {
      super(message);
    }
  }

  /**
   * Has the key of a store opened, or makes one if the store is empty. Blocks.
   *
   * @param uri of the key at the service, such as {@code aws-kms://arn:aws:kms:…}
   * @throws Unusable saying what is in the way: no client for such keys, a service that refuses, or
   *     a store that was sealed otherwise
   */
  public static MasterKey of(String uri, Store store) throws Unusable {
    DataKeyStore keys = store.dataKeys();
    Optional<Sealed> kept = keys.masterKey();
    if (kept.isEmpty() && !(keys.all().isEmpty() && store.keys().all().isEmpty())) {
      throw new Unusable(
          "the store was sealed with a master key that no key management service keeps; nothing has"
              + " been written. Configure that master key again: a store begins with one and stays"
              + " with it");
    }
    Aead service = service(uri);
    Sealed sealed = kept.isPresent() ? kept.get() : keys.beginMasterKey(made(service, uri));
    return opened(service, uri, sealed);
  }

  private static Sealed made(Aead service, String uri) throws Unusable {
    try {
      return Sealed.of(
          service.encrypt(MasterKey.generate().getBytes(StandardCharsets.US_ASCII), CONTEXT));
    } catch (GeneralSecurityException | RuntimeException | LinkageError refused) {
      throw refused(uri, "seal", refused);
    }
  }

  private static MasterKey opened(Aead service, String uri, Sealed sealed) throws Unusable {
    try {
      return MasterKey.parse(
          new String(service.decrypt(sealed.bytes(), CONTEXT), StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException | RuntimeException | LinkageError refused) {
      throw refused(uri, "open", refused);
    }
  }

  private static Unusable refused(String uri, String verb, Throwable refused) {
    return new Unusable(
        "the key "
            + uri
            + " did not "
            + verb
            + " the master key of the store: "
            + text(refused)
            + ". Look at the key's URI, at what this program may do with it, and at the network");
  }

  private static Aead service(String uri) throws Unusable {
    KmsClient client = client(uri);
    try {
      return client.getAead(uri);
    } catch (GeneralSecurityException | RuntimeException | LinkageError refused) {
      throw refused(uri, "open", refused);
    }
  }

  /** One that the program has registered, or one on the class path. */
  private static KmsClient client(String uri) throws Unusable {
    try {
      return KmsClients.get(uri);
    } catch (GeneralSecurityException noneRegistered) {
      return onClassPath(uri);
    }
  }

  private static KmsClient onClassPath(String uri) throws Unusable {
    try {
      for (KmsClient client : ServiceLoader.load(KmsClient.class)) {
        if (client.doesSupport(uri)) {
          return client.withDefaultCredentials();
        }
      }
      return ofTink(uri).withDefaultCredentials();
    } catch (GeneralSecurityException
        | RuntimeException
        | ServiceConfigurationError
        | LinkageError broken) {
      throw new Unusable(
          "the client for the key "
              + uri
              + " cannot be used: "
              + text(broken)
              + ". It needs everything that it depends on, and takes its credentials from where the"
              + " service's own tools do");
    }
  }

  private static KmsClient ofTink(String uri) throws Unusable {
    String scheme = uri.substring(0, uri.indexOf(':'));
    TinkClient optional = CLIENTS.get(scheme);
    if (optional != null) {
      try {
        return Class.forName(optional.client())
            .asSubclass(KmsClient.class)
            .getDeclaredConstructor()
            .newInstance();
      } catch (ClassNotFoundException missing) {
        LOG.log(System.Logger.Level.DEBUG, "not on the class path: {0}", optional.client());
      } catch (ReflectiveOperationException broken) {
        throw new IllegalStateException(broken);
      }
    }
    throw new Unusable(
        "there is no client for keys of "
            + scheme
            + ". Add "
            + (optional == null ? "the Tink KMS client for them" : optional.artifact())
            + " and what it depends on to the class path");
  }

  private static String text(Throwable failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
  }
}
