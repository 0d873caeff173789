/**
 * A configuration as a written tree, and the tables of keys that turn it into records. It knows no
 * key and reads no file: those who have settings declare them.
 */
@NullMarked
package dev.ostiary.config;

import org.jspecify.annotations.NullMarked;
