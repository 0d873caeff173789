package dev.ostiary.authorization.store;

import java.util.Arrays;

/** Ciphertext: what only the holder of the master key can read, directly or by a data key. */
public final class Sealed {
  private final byte[] bytes;

  private Sealed(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Sealed of(byte[] bytes) {
    return new Sealed(bytes.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sealed that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Sealed[" + bytes.length + " bytes]";
  }
}
