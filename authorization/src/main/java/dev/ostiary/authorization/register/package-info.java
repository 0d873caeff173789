/** Dynamic client registration, and its management by the client (RFC 7591, RFC 7592). */
@NullMarked
package dev.ostiary.authorization.register;

import org.jspecify.annotations.NullMarked;
