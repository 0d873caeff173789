package dev.ostiary.server;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/** A key management service whose keys stand in their URIs. */
public final class TestKms implements KmsClient {
  private static final String PREFIX = "test-kms://";

  @Override
  public boolean doesSupport(String uri) {
    return uri.startsWith(PREFIX);
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
    return new AesGcmJce(HexFormat.of().parseHex(uri.substring(PREFIX.length())));
  }
}
