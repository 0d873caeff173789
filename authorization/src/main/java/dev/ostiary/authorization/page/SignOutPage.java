package dev.ostiary.authorization.page;

import org.jspecify.annotations.Nullable;

/**
 * Where a person signs out.
 *
 * @param action where the form goes
 * @param user who has signed in with this browser; null if no user has
 */
public record SignOutPage(String action, @Nullable String user) {
  String shownName() {
    return ClientName.shown(user);
  }
}
