/** auditd: its log, put together to whole events. */
package io.stridewatch.collector.auditd;
