package dev.ostiary.authorization.hash;

/** The hash of the cookie value that binds a sign-in to the browser it began in. */
public record BindingHash(Sha256 hash) {
  public static BindingHash of(String cookie) {
    return new BindingHash(Sha256.of(cookie));
  }
}
