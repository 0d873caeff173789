/** Keys: what signs tokens, what seals secrets at rest, and what derived values hang on. */
@NullMarked
package dev.ostiary.authorization.key;

import org.jspecify.annotations.NullMarked;
