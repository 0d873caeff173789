package dev.ostiary.authorization.page;

/**
 * A problem in words.
 *
 * @param heading what happened
 * @param person what it means and what to do, for whoever sits in front of the browser
 * @param developer what to change, for whoever wrote the client
 */
record Explanation(String heading, String person, String developer) {}
