/**
 * Clients that are named by the URL of a metadata document: fetching it, judging it, and keeping it
 * for a while (draft-ietf-oauth-client-id-metadata-document).
 */
@NullMarked
package dev.ostiary.authorization.client.document;

import org.jspecify.annotations.NullMarked;
