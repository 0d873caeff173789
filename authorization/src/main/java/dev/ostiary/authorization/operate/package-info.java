/**
 * What the operator does with clients and grants (OAuth 2.1 §7.9): {@link
 * dev.ostiary.authorization.operate.Operator} is the door.
 */
@NullMarked
package dev.ostiary.authorization.operate;

import org.jspecify.annotations.NullMarked;
