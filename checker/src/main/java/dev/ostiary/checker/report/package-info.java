/** What was found, as people and programs read it. */
@NullMarked
package dev.ostiary.checker.report;

import org.jspecify.annotations.NullMarked;
