/**
 * What the authorization server remembers, as an SPI: one interface for each noun, with the verbs
 * of the domain. Values in, values out; every method is one transaction and has happened durably
 * when it returns. Secrets arrive as hashes or sealed. Time is a parameter; a store that several
 * nodes share may use its own clock instead. Every implementation passes the contract suite of
 * {@code testkit}. Times are kept to the millisecond at least.
 *
 * <p>Every {@code add} is of something new. Adding what is there already is a mistake of the
 * caller: it fails with {@link IllegalStateException}, and then nothing has changed.
 *
 * <p>A method that cannot reach its storage throws {@link
 * dev.ostiary.authorization.store.StoreUnavailable}; then nothing has been acknowledged.
 */
@NullMarked
package dev.ostiary.authorization.store;

import org.jspecify.annotations.NullMarked;
