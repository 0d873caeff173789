/** Contract suites, samples and fakes for those who implement an SPI. */
@NullMarked
package dev.ostiary.testkit;

import org.jspecify.annotations.NullMarked;
