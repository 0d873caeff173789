/** What a client may register, by itself or through the operator (RFC 7591 §2). */
@NullMarked
package dev.ostiary.authorization.client.registration;

import org.jspecify.annotations.NullMarked;
