package dev.ostiary.authorization.page;

import org.jspecify.annotations.Nullable;

/**
 * What an operator chooses about the pages.
 *
 * @param contact how people reach the operator, for pages about problems; null if that is not
 *     configured
 * @param demonstration whether every page says that the identity provider is simulated and that
 *     metadata documents are shipped copies
 */
public record PageSettings(@Nullable Contact contact, boolean demonstration) {
  public static final PageSettings NONE = new PageSettings(null, false);
}
