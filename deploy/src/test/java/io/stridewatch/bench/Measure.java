package io.stridewatch.bench;

import java.util.List;

/** Measures something of ours, and in the same run what it is compared with. */
interface Measure {

  /** The measured lines of the table. */
  List<Row> rows(Workbench bench) throws Exception;
}
