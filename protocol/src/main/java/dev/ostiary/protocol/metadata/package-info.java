/**
 * What servers say of themselves: authorization server metadata (RFC 8414) and protected resource
 * metadata (RFC 9728).
 */
@NullMarked
package dev.ostiary.protocol.metadata;

import org.jspecify.annotations.NullMarked;
