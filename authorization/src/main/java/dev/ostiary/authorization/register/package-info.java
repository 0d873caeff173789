/** Dynamic client registration (RFC 7591). */
@NullMarked
package dev.ostiary.authorization.register;

import org.jspecify.annotations.NullMarked;
