/** What is wrong with an installation, in the order in which it matters. */
@NullMarked
package dev.ostiary.server.doctor;

import org.jspecify.annotations.NullMarked;
