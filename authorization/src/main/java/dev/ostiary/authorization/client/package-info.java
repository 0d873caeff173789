/** Clients: how they are found and how they authenticate (OAuth 2.1 §2). */
@NullMarked
package dev.ostiary.authorization.client;

import org.jspecify.annotations.NullMarked;
