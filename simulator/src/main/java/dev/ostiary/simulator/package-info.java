/**
 * A simulated GitHub, for demonstrations and tests: sign-in pages, OAuth web flow, token management
 * and the part of the REST API that reads about people and their repositories. Everything is in
 * memory; nothing leaves it.
 */
@NullMarked
package dev.ostiary.simulator;

import org.jspecify.annotations.NullMarked;
