/**
 * What a client says of itself: registration (RFC 7591, RFC 7592) and metadata documents
 * (draft-ietf-oauth-client-id-metadata-document).
 */
@NullMarked
package dev.ostiary.protocol.registration;

import org.jspecify.annotations.NullMarked;
