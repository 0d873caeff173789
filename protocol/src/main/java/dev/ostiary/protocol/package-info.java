/**
 * OAuth's messages, identifiers, metadata documents and error codes as types. No input or output,
 * no clock, no policy. The spelling of the wire ({@code redirect_uri}) appears here and nowhere
 * else.
 */
@NullMarked
package dev.ostiary.protocol;

import org.jspecify.annotations.NullMarked;
