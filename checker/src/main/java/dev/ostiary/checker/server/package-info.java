/** The server under check: what is known of it, its clients and its authorization flow. */
@NullMarked
package dev.ostiary.checker.server;

import org.jspecify.annotations.NullMarked;
