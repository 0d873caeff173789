/** Who may do what at a protected server: pure decisions, from what was written down before. */
@NullMarked
package dev.ostiary.gateway.policy;

import org.jspecify.annotations.NullMarked;
