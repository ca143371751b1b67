/**
 * Replays recorded requests and compares the answers: status, error type and message, the shape of
 * the body, and every value that does not depend on the run.
 *
 * <p>{@code SampleReplayIT} gives it the samples and a running server.
 */
@NullMarked
package org.midonet.conformance.replay;

import org.jspecify.annotations.NullMarked;
