package dev.ostiary.gateway.task;

/** Looks for octets among octets. */
final class Bytes {
  private Bytes() {}

  static boolean contain(byte[] all, byte[] part) {
    for (int at = 0; at <= all.length - part.length; at++) {
      int same = 0;
      while (same < part.length && all[at + same] == part[same]) {
        same++;
      }
      if (same == part.length) {
        return true;
      }
    }
    return false;
  }
}
