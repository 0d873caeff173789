/** Sessions of revisions before 2026-07-28, and the sealed ids that clients get for them. */
@NullMarked
package dev.ostiary.gateway.session;

import org.jspecify.annotations.NullMarked;
