package dev.ostiary.authorization.page;

import org.jspecify.annotations.Nullable;

/**
 * What is around the content of every page.
 *
 * @param stylesheet its path
 * @param host whose page this is
 * @param contact how people reach the operator; null if that is not configured
 */
record Frame(String stylesheet, String host, @Nullable Contact contact) {}
