/**
 * The configuration as one tree of records. A file and the builder make the same tree, and the same
 * {@link dev.ostiary.embed.config.ConfigRules} judge it. Defaults stand in {@link
 * dev.ostiary.embed.config.OstiaryConfig} and nowhere else.
 */
@NullMarked
package dev.ostiary.embed.config;

import org.jspecify.annotations.NullMarked;
