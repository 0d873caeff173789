package dev.ostiary.checker.signin;

import java.io.IOException;

/** A sign-in that ended on a page that says no. */
public final class PageRefused extends IOException {
  private static final long serialVersionUID = 1;

  PageRefused(String message) {
    super(message);
  }
}
