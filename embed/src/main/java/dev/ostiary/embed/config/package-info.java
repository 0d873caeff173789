/**
 * The configuration as one tree of records, and the tables of keys that they are written with. A
 * file and a program make the same tree, and {@link dev.ostiary.embed.config.ConfigKeys} judges it.
 * Defaults stand in the records.
 */
@NullMarked
package dev.ostiary.embed.config;

import org.jspecify.annotations.NullMarked;
