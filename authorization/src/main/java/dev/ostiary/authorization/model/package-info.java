/** What the configuration says and every package reads: protected servers, lifetimes and limits. */
@NullMarked
package dev.ostiary.authorization.model;

import org.jspecify.annotations.NullMarked;
