/** Which alerts are wanted, as people type it: {@code severity>=high and user~alice}. */
package io.stridewatch.sink.filter;
