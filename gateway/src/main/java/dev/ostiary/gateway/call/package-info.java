/** A call from its first header field to the end of its answer, and the order of its checks. */
@NullMarked
package dev.ostiary.gateway.call;

import org.jspecify.annotations.NullMarked;
