/**
 * The sign-in at an upstream: how it begins once a person has agreed, and what is made of it when
 * the browser comes back. A sign-in is finished once, by the browser it began in.
 */
@NullMarked
package dev.ostiary.authorization.authorize.callback;

import org.jspecify.annotations.NullMarked;
