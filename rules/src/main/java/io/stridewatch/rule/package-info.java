/**
 * Rules as people write them: Sigma's files with our own keys beside, read into {@link
 * io.stridewatch.rule.Rule}s, checked, tested by their own examples. What a rule's condition means
 * is said here; how it is judged fast is the engine's.
 */
package io.stridewatch.rule;
