/**
 * HTTP as the checker speaks it: requests that may be wrong on purpose, answers, and a transcript
 * of both without secrets.
 */
@NullMarked
package dev.ostiary.checker.http;

import org.jspecify.annotations.NullMarked;
