package dev.ostiary.authorization.page;

import org.jspecify.annotations.Nullable;

/**
 * What is around the content of every page.
 *
 * @param stylesheet its path
 * @param host whose page this is
 */
record Frame(String stylesheet, String host, PageSettings settings) {
  @Nullable Contact contact() {
    return settings.contact();
  }

  boolean demonstration() {
    return settings.demonstration();
  }
}
