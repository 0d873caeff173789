/**
 * The audit stream: what was decided about whom, for those who answer for it. Events never carry a
 * code, token, secret, {@code state} or verifier.
 */
@NullMarked
package dev.ostiary.authorization.audit;

import org.jspecify.annotations.NullMarked;
