/** Why a call is refused, and what client, metrics and log learn of it. */
@NullMarked
package dev.ostiary.gateway.refusal;

import org.jspecify.annotations.NullMarked;
