/** The protected resource: token check, challenge, policy, and the backends behind it. */
@NullMarked
package dev.ostiary.gateway;

import org.jspecify.annotations.NullMarked;
