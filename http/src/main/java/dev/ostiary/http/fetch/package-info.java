/**
 * Reading what a client-chosen URL names: {@link dev.ostiary.http.fetch.GuardedFetch} reaches
 * public addresses only, and gives up early on whatever is large, slow or not JSON.
 */
@NullMarked
package dev.ostiary.http.fetch;

import org.jspecify.annotations.NullMarked;
