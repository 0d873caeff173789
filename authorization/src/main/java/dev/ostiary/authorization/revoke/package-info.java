/** The revocation endpoint: clients give tokens up (RFC 7009). */
@NullMarked
package dev.ostiary.authorization.revoke;

import org.jspecify.annotations.NullMarked;
