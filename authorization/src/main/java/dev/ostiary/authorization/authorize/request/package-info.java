/**
 * The authorization endpoint (RFC 6749 §3.1): an ordered list of checks, each a class named for
 * what it proves, and then the consent page.
 */
@NullMarked
package dev.ostiary.authorization.authorize.request;

import org.jspecify.annotations.NullMarked;
