package dev.ostiary.authorization.page;

/**
 * What is around the content of every page.
 *
 * @param stylesheet its path
 * @param host whose page this is
 */
record Frame(String stylesheet, String host) {}
