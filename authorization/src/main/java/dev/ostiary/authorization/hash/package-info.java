/** SHA-256 hashes, a type for each secret that is stored only as its hash. */
@NullMarked
package dev.ostiary.authorization.hash;

import org.jspecify.annotations.NullMarked;
