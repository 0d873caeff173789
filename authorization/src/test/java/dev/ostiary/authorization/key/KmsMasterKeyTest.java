package dev.ostiary.authorization.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.KmsClients;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KmsMasterKeyTest {
  private static final String KEY = "test-kms://one";

  private final MemoryStore store = new MemoryStore();

  @BeforeAll
  static void registers() throws GeneralSecurityException {
    KmsClients.add(new TestKms());
  }

  @Test
  void isMadeOnceAndTheSameForEveryNode() throws Exception {
    MasterKey first = KmsMasterKey.of(KEY, store);
    MasterKey second = KmsMasterKey.of(KEY, store);

    assertThat(second.derive("purpose").of("text")).isEqualTo(first.derive("purpose").of("text"));
    Sealed kept = store.dataKeys().masterKey().orElseThrow();
    assertThat(new String(kept.bytes(), StandardCharsets.ISO_8859_1))
        .doesNotContainPattern("[0-9a-f]{64}");
  }

  @Test
  void isNotOpenedByAnotherKeyOfTheService() throws Exception {
    KmsMasterKey.of(KEY, store);

    assertThatThrownBy(() -> KmsMasterKey.of("test-kms://two", store))
        .isInstanceOf(KmsMasterKey.Unusable.class)
        .hasMessageContaining("test-kms://two")
        .hasMessageContaining("did not open");
  }

  @Test
  void doesNotBeginInAStoreThatWasSealedOtherwise() throws Exception {
    DataKeys.open(store, MasterKey.parse(MasterKey.generate()), InstantSource.system());

    assertThatThrownBy(() -> KmsMasterKey.of(KEY, store))
        .isInstanceOf(KmsMasterKey.Unusable.class)
        .hasMessageContaining("Configure that master key again");
    assertThat(store.dataKeys().masterKey()).isEmpty();
  }

  @Test
  void namesTheArtifactThatIsMissing() {
    assertThatThrownBy(() -> KmsMasterKey.of("aws-kms://arn:aws:kms:eu-west-1:1:key/1", store))
        .isInstanceOf(KmsMasterKey.Unusable.class)
        .hasMessageContaining("com.google.crypto.tink:tink-awskms");
    assertThatThrownBy(() -> KmsMasterKey.of("gcp-kms://projects/p", store))
        .isInstanceOf(KmsMasterKey.Unusable.class)
        .hasMessageContaining("com.google.crypto.tink:tink-gcpkms");
    assertThat(store.dataKeys().masterKey()).isEmpty();
  }

  @Test
  void saysWhatTheServiceSays() {
    assertThatThrownBy(() -> KmsMasterKey.of("test-kms://forbidden", store))
        .isInstanceOf(KmsMasterKey.Unusable.class)
        .hasMessageContaining("access denied");
    assertThat(store.dataKeys().masterKey()).isEmpty();
  }

  /** A service with a key for each path. */
  private static final class TestKms implements KmsClient {
    private final MasterKey keys;

    TestKms() throws GeneralSecurityException {
      keys = MasterKey.parse(MasterKey.generate());
    }

    @Override
    public boolean doesSupport(String uri) {
      return uri.startsWith("test-kms://");
    }

    @Override
    public KmsClient withCredentials(String path) {
      return this;
    }

    @Override
    public KmsClient withDefaultCredentials() {
      return this;
    }

    @Override
    public Aead getAead(String uri) throws GeneralSecurityException {
      if (uri.endsWith("forbidden")) {
        throw new GeneralSecurityException("access denied");
      }
      return keys.aead(uri);
    }
  }
}
